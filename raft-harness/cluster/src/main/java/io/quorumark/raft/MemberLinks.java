package io.quorumark.raft;

/** The links of a network that can be cut, each in one direction, by the members' ids. Thread-safe. */
public interface MemberLinks {
    /** Loses everything that {@code fromId} sends to {@code toId}, answers included. */
    void cut(String fromId, String toId);

    /** Lets messages through again; does nothing to a link that is whole. */
    void heal(String fromId, String toId);
}

package io.quorumark.raft;

/**
 * Cuts links between members of a group whose transport is {@link Transport#IN_JVM}. Thread-safe. Messages on a cut link are lost; their
 * senders time out.
 */
public interface Faults {
    /** Loses everything that member {@code from} sends to member {@code to}, answers included. The other direction still works. */
    void cut(int from, int to);

    /** Heals the link. */
    void heal(int from, int to);

    /** Cuts both directions between {@code member} and every other one. */
    void isolate(int member);

    /** Heals every link. */
    void mendAll();
}

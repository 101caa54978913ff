package io.quorumark.raft;

/**
 * Submits operations to a group. Asynchronous and thread-safe; keeps no thread waiting.
 *
 * <p>Writes that one thread submits while the leader stays the same enter the log in that order.
 */
public interface ClusterClient {
    /**
     * Submits one command to the leader. If a member answers that it does not lead, and so has surely not taken the command, it is
     * submitted to the new leader.
     *
     * @param command made by {@link io.quorumark.raft.command.CommandEncoder}; owned by the group from now on: it must not be changed
     * @throws IllegalArgumentException the bytes are not a command within the engines' portable limits
     */
    void write(byte[] command, WriteCallback callback);

    /**
     * Reads on the leader; a {@link ReadConsistency#LOCAL} read runs before the call returns. {@link Member#read} reads on a chosen member.
     */
    void read(ReadConsistency consistency, StateRead read);
}

package io.quorumark.raft;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * One member of a group, wherever the others are.
 *
 * @param groupId the same for every member; a member refuses messages of another group. Letters, digits and hyphens, beginning with a
 * letter
 * @param id how the group calls this member and, over TCP, if it listens: {@code host:port}
 * @param initialVoters the ids of the members that form the group when it is first started, this one included; the same list on all of
 * them. Empty for one that is to join a running group ({@link Member#addVoter}, {@link Member#addLearner}). Ignored if the folder holds a
 * log: membership is part of it
 * @param directory its folder: log, state, snapshots; made if absent, its parent must exist
 * @param log the engine under its log
 * @param state the engine under its state; may be weaker than the log's, which rebuilds it
 * @param raft how the group replicates
 * @param operationTimeout how long an operation looks for a leader before it is given up
 */
public record MemberConfig(
        String groupId,
        String id,
        List<String> initialVoters,
        Path directory,
        StoreSpec log,
        StoreSpec state,
        RaftSettings raft,
        Duration operationTimeout) {

    public MemberConfig {
        initialVoters = List.copyOf(initialVoters);
        if (!groupId.matches("[a-zA-Z][a-zA-Z0-9-]*")) {
            throw new IllegalArgumentException(
                    "groupId is '" + groupId + "', expected a letter, then letters, digits and hyphens");
        }
        MemberAddress.check(id);
        initialVoters.forEach(MemberAddress::check);
        if (initialVoters.stream().distinct().count() != initialVoters.size()) {
            throw new IllegalArgumentException("initialVoters is " + initialVoters + ", expected each id once");
        }
        if (!initialVoters.isEmpty() && !initialVoters.contains(id)) {
            throw new IllegalArgumentException("initialVoters is " + initialVoters + ", expected this member's id " + id
                    + " among them, or none for a member that is to join");
        }
        check(log, operationTimeout);
    }

    /** What every member of a group is held to. */
    static void check(StoreSpec log, Duration operationTimeout) {
        if (log.retainsData() && !log.provider().capabilities().canServeAsLog(log.durability())) {
            throw new IllegalArgumentException("engine " + log.provider().id() + " cannot serve as a durable log at "
                    + log.durability() + ": it does not promise an exact prefix of its commits after a crash;"
                    + " choose another log engine, and keep this one for the state");
        }
        if (operationTimeout.isNegative() || operationTimeout.isZero()) {
            throw new IllegalArgumentException("operationTimeout is " + operationTimeout + ", expected more than zero");
        }
    }
}

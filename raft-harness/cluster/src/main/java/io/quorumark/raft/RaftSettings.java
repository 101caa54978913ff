package io.quorumark.raft;

import java.time.Duration;

/**
 * How a group replicates; the same for every member of it.
 *
 * @param electionTimeout how long a follower waits for a message from the leader before it stands for election, 100 ms to 10 min; 1 s by
 * default. It looks every third to half of that, at random, so that two followers seldom stand at once
 * @param heartbeat how often an idle leader speaks to each follower; at most half of {@code electionTimeout}, a tenth of it by default
 * @param batch how much travels together
 * @param pipeline how much travels at once
 * @param snapshots when members take snapshots, and how many they keep
 */
public record RaftSettings(
        Duration electionTimeout, Duration heartbeat, Batch batch, Pipeline pipeline, SnapshotPolicy snapshots) {
    /** With less, a pause of a busy machine deposes a leader that is well. */
    public static final int SHORTEST_ELECTION_TIMEOUT_MILLIS = 100;

    /** Nobody waits longer for a leader, and the library counts multiples of it in an int. */
    public static final int LONGEST_ELECTION_TIMEOUT_MILLIS = 600_000;

    private static final int HEARTBEATS_PER_ELECTION_TIMEOUT = 10;

    /** Every default: an election timeout of one second, snapshots on demand only. */
    public static final RaftSettings DEFAULTS = new RaftSettings(
            Duration.ofSeconds(1),
            Duration.ofSeconds(1).dividedBy(HEARTBEATS_PER_ELECTION_TIMEOUT),
            Batch.DEFAULTS,
            Pipeline.DEFAULTS,
            SnapshotPolicy.ON_DEMAND);

    public RaftSettings {
        if (electionTimeout.toMillis() < SHORTEST_ELECTION_TIMEOUT_MILLIS
                || electionTimeout.toMillis() > LONGEST_ELECTION_TIMEOUT_MILLIS) {
            throw new IllegalArgumentException("electionTimeout is " + electionTimeout.toMillis() + " ms, expected "
                    + SHORTEST_ELECTION_TIMEOUT_MILLIS + " to " + LONGEST_ELECTION_TIMEOUT_MILLIS + " ms");
        }
        if (heartbeat.toMillis() < 1 || heartbeat.multipliedBy(2).compareTo(electionTimeout) > 0) {
            throw new IllegalArgumentException("heartbeat is " + heartbeat.toMillis() + " ms, expected 1 ms to half of"
                    + " the election timeout, " + electionTimeout.toMillis() / 2 + " ms");
        }
    }

    /**
     * How much travels together. A batch never waits to become full: it is what has gathered while the one before it was under way.
     *
     * @param maxEntries log entries that the leader takes up at once, 1 to 10,000; 256 by default
     * @param maxLogBytes bytes of entries that a member gives its log in one commit; 256 KiB by default
     * @param maxMessageEntries log entries in one message to a follower, 1 to 65,536; 1,024 by default
     * @param maxMessageBytes bytes of entries in one message to a follower; 512 KiB by default
     */
    public record Batch(int maxEntries, int maxLogBytes, int maxMessageEntries, int maxMessageBytes) {
        public static final Batch DEFAULTS = new Batch(256, 256 << 10, 1024, 512 << 10);

        public Batch {
            check("batch.maxEntries", maxEntries, 10_000);
            check("batch.maxLogBytes", maxLogBytes, 1 << 30);
            check("batch.maxMessageEntries", maxMessageEntries, 1 << 16);
            check("batch.maxMessageBytes", maxMessageBytes, 1 << 30);
        }
    }

    /**
     * How much travels at once.
     *
     * @param maxInFlight messages with entries to one follower that are not answered yet, 2 (the library knows no way to send one at a
     * time) to 4,096; 256 by default
     */
    public record Pipeline(int maxInFlight) {
        public static final Pipeline DEFAULTS = new Pipeline(256);

        public Pipeline {
            if (maxInFlight < 2 || maxInFlight > 4096) {
                throw new IllegalArgumentException("pipeline.maxInFlight is " + maxInFlight + ", expected 2 to 4096");
            }
        }
    }

    private static void check(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(name + " is " + value + ", expected 1 to " + most);
        }
    }

    /** These settings with another election timeout, and the default heartbeat that goes with it. */
    public RaftSettings withElectionTimeout(Duration newTimeout) {
        return new RaftSettings(
                newTimeout, newTimeout.dividedBy(HEARTBEATS_PER_ELECTION_TIMEOUT), batch, pipeline, snapshots);
    }

    public RaftSettings withHeartbeat(Duration newHeartbeat) {
        return new RaftSettings(electionTimeout, newHeartbeat, batch, pipeline, snapshots);
    }

    public RaftSettings withBatch(Batch newBatch) {
        return new RaftSettings(electionTimeout, heartbeat, newBatch, pipeline, snapshots);
    }

    public RaftSettings withPipeline(Pipeline newPipeline) {
        return new RaftSettings(electionTimeout, heartbeat, batch, newPipeline, snapshots);
    }

    public RaftSettings withSnapshots(SnapshotPolicy newSnapshots) {
        return new RaftSettings(electionTimeout, heartbeat, batch, pipeline, newSnapshots);
    }
}

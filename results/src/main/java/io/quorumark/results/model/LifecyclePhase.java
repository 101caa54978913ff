package io.quorumark.results.model;

import java.util.Arrays;
import java.util.Optional;

/** What happens to an engine or a group besides operations, and is timed at the end of a trial. The order is that of documents. */
public enum LifecyclePhase {
    /** Nothing of the files was in the page cache, as far as can be seen. */
    COLD_START("cold-start", "from opening in a new JVM, with the page cache empty, to the first record read"),
    /** The files may have been in the page cache. */
    LUKEWARM_START("lukewarm-start", "the same, if the page cache was not seen to be empty"),
    RECOVERY("recovery", "from opening in a new JVM, after the one that wrote was killed, to the first record read"),
    CHECKPOINT("checkpoint", "a complete and durable copy of the state"),
    RESTORE("restore", "from a checkpoint, checking every byte, to the first record read"),
    COMPACTION("compaction", "paying what all records, and as many overwrites, left to compact or collect"),
    SNAPSHOT("snapshot", "from asking the leader until its snapshot is durable"),
    INSTALL("install", "from adding an empty learner until it has applied everything, by a snapshot"),
    RESTART("restart", "from restarting a stopped follower until it has applied everything");

    /** The kind of {@link Trial.Event} that says why a phase was not timed: {@code compaction: ...}. */
    public static final String NOT_OFFERED = "not-offered";

    private final String id;
    private final String question;

    LifecyclePhase(String id, String question) {
        this.id = id;
        this.question = question;
    }

    /** The name of its {@link Trial.Phase}. */
    public String id() {
        return id;
    }

    /** What was timed. */
    public String question() {
        return question;
    }

    /** Empty if this is the name of another phase of a trial. */
    public static Optional<LifecyclePhase> of(String id) {
        return Arrays.stream(values()).filter(phase -> phase.id.equals(id)).findFirst();
    }
}

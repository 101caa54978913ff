package io.quorumark.workload.model.raftlog;

import io.quorumark.workload.ModelSection;
import io.quorumark.workload.spec.InvalidValue;

/**
 * What only a {@code raft-log} workload has.
 *
 * @param maxEntriesPerAppend an append has 1 to so many entries, uniformly; 1 to 10000
 * @param maxEntriesPerCut a cut takes 1 to so many entries, uniformly, and never more than half the log; 1 to 10000
 */
public record RaftLogSpec(int maxEntriesPerAppend, int maxEntriesPerCut) implements ModelSection {
    /** What holds if a file does not say. */
    static final RaftLogSpec DEFAULT = new RaftLogSpec(16, 16);

    public RaftLogSpec {
        if (maxEntriesPerAppend < 1 || maxEntriesPerAppend > 10_000) {
            throw new InvalidValue("maxEntriesPerAppend", maxEntriesPerAppend, "1 to 10000");
        }
        if (maxEntriesPerCut < 1 || maxEntriesPerCut > 10_000) {
            throw new InvalidValue("maxEntriesPerCut", maxEntriesPerCut, "1 to 10000");
        }
    }
}

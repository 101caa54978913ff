package io.quorumark.raft.jraft.log;

import com.alipay.sofa.jraft.entity.LogEntry;
import com.alipay.sofa.jraft.option.LogStorageOptions;
import io.quorumark.raft.timing.WriteStages;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The log of a member whose engine retains nothing: copies the newest entries into large arrays ({@link EntrySegments}) and writes nothing,
 * so that what is left is what Raft itself costs. Kept as objects, the logs of three members made the collector's pauses the tail of every
 * engine's ceiling.
 *
 * <p>A follower that lags by more than {@link #CAPACITY_ENTRIES} cannot be served from it; the group's snapshots must come more often than
 * that.
 */
public final class VolatileLogStorage extends ListedLog {
    /** How many entries are kept. */
    public static final int CAPACITY_ENTRIES = 1 << 17;

    private final EntrySegments entries = new EntrySegments(CAPACITY_ENTRIES);
    private final WriteStages stages;
    private long firstIndex = 1;
    private long lastIndex;

    /** @param stages told when entries were taken */
    public VolatileLogStorage(WriteStages stages) {
        this.stages = stages;
    }

    @Override
    public boolean init(LogStorageOptions options) {
        return true;
    }

    @Override
    public void shutdown() {}

    @Override
    public synchronized long getFirstLogIndex() {
        return firstIndex;
    }

    @Override
    public synchronized long getLastLogIndex() {
        return lastIndex;
    }

    @Override
    public synchronized @Nullable LogEntry getEntry(long index) {
        return entries.get(index);
    }

    @Override
    public synchronized int appendEntries(List<LogEntry> appended) {
        if (appended.isEmpty()) {
            return 0;
        }
        long beganNanos = System.nanoTime();
        for (int i = 0; i < appended.size(); i++) {
            entries.append(appended.get(i));
        }
        lastIndex = appended.get(appended.size() - 1).getId().getIndex();
        long endedNanos = System.nanoTime();
        long first = appended.get(0).getId().getIndex();
        stages.encoded(first, lastIndex, beganNanos, endedNanos);
        stages.committed(first, lastIndex, endedNanos);
        return appended.size();
    }

    @Override
    public synchronized boolean truncatePrefix(long firstIndexKept) {
        if (firstIndexKept > lastIndex) {
            return reset(firstIndexKept);
        }
        entries.dropBefore(firstIndexKept);
        firstIndex = firstIndexKept;
        return true;
    }

    @Override
    public synchronized boolean truncateSuffix(long lastIndexKept) {
        entries.dropAfter(lastIndexKept);
        lastIndex = lastIndexKept;
        return true;
    }

    @Override
    public synchronized boolean reset(long nextIndex) {
        entries.dropAfter(0);
        firstIndex = nextIndex;
        lastIndex = nextIndex - 1;
        return true;
    }
}

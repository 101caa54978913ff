package io.quorumark.raft.log;

import com.alipay.sofa.jraft.entity.LogEntry;
import com.alipay.sofa.jraft.option.LogStorageOptions;
import com.alipay.sofa.jraft.storage.LogStorage;
import io.quorumark.raft.timing.WriteStages;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The log of a member whose engine retains nothing: keeps the newest entries by reference and writes nothing, so that what is left is what
 * Raft itself costs.
 *
 * <p>A follower that lags by more than {@link #CAPACITY_ENTRIES} cannot be served from it; the group's snapshots must come more often than
 * that.
 */
public final class VolatileLogStorage implements LogStorage {
    /** How many entries are kept. */
    public static final int CAPACITY_ENTRIES = 1 << 17;

    private final @Nullable LogEntry[] ring = new @Nullable LogEntry[CAPACITY_ENTRIES];
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
        if (index < firstIndex || index > lastIndex || index <= lastIndex - CAPACITY_ENTRIES) {
            return null;
        }
        return ring[slot(index)];
    }

    @Deprecated
    @Override
    public long getTerm(long index) {
        LogEntry entry = getEntry(index);
        return entry == null ? 0 : entry.getId().getTerm();
    }

    @Override
    public boolean appendEntry(LogEntry entry) {
        return appendEntries(List.of(entry)) == 1;
    }

    @Override
    public synchronized int appendEntries(List<LogEntry> entries) {
        if (entries.isEmpty()) {
            return 0;
        }
        long beganNanos = System.nanoTime();
        for (int i = 0; i < entries.size(); i++) {
            LogEntry entry = entries.get(i);
            lastIndex = entry.getId().getIndex();
            ring[slot(lastIndex)] = entry;
        }
        long endedNanos = System.nanoTime();
        long first = entries.get(0).getId().getIndex();
        stages.encoded(first, lastIndex, beganNanos, endedNanos);
        stages.committed(first, lastIndex, endedNanos);
        return entries.size();
    }

    @Override
    public synchronized boolean truncatePrefix(long firstIndexKept) {
        forget(firstIndex, Math.min(firstIndexKept - 1, lastIndex));
        firstIndex = firstIndexKept;
        lastIndex = Math.max(lastIndex, firstIndexKept - 1);
        return true;
    }

    @Override
    public synchronized boolean truncateSuffix(long lastIndexKept) {
        forget(lastIndexKept + 1, lastIndex);
        lastIndex = lastIndexKept;
        return true;
    }

    @Override
    public synchronized boolean reset(long nextIndex) {
        forget(firstIndex, lastIndex);
        firstIndex = nextIndex;
        lastIndex = nextIndex - 1;
        return true;
    }

    private void forget(long fromIndex, long toIndexInclusive) {
        long from = Math.max(fromIndex, lastIndex - CAPACITY_ENTRIES + 1);
        for (long index = from; index <= toIndexInclusive; index++) {
            ring[slot(index)] = null;
        }
    }

    private static int slot(long index) {
        return (int) (index & (CAPACITY_ENTRIES - 1));
    }
}

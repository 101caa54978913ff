package io.quorumark.raft.jraft.log;

import com.alipay.sofa.jraft.entity.LogEntry;
import com.alipay.sofa.jraft.option.LogStorageOptions;
import io.quorumark.raft.timing.WriteStages;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The log of a member whose engine retains nothing: copies the newest entries into large arrays ({@link EntrySegments}) and writes nothing,
 * so that what is left is what Raft itself costs. Kept as objects, the logs of three members made the collector's pauses the tail of every
 * engine's ceiling.
 *
 * <p>It grows until it is cut. A member that retains nothing at all takes a snapshot, which costs it nothing, every
 * {@link #SNAPSHOT_ENTRIES} entries.
 */
public final class VolatileLogStorage extends ListedLog {
    /** Two such intervals are kept, and what comes while a snapshot is taken and the log is cut. */
    public static final int SNAPSHOT_ENTRIES = 1 << 15;

    private final EntrySegments entries = new EntrySegments(4 * SNAPSHOT_ENTRIES);
    private final WriteStages stages;
    private final LongSupplier nanoTime;
    private long firstIndex = 1;
    private long lastIndex;

    /** What is before it was cut off at this time or earlier. */
    private long droppableBefore = 1;

    private long droppableNanos;

    /** @param stages told when entries were taken */
    public VolatileLogStorage(WriteStages stages) {
        this(stages, System::nanoTime);
    }

    VolatileLogStorage(WriteStages stages, LongSupplier nanoTime) {
        this.stages = stages;
        this.nanoTime = nanoTime;
        this.droppableNanos = nanoTime.getAsLong();
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
        long beganNanos = nanoTime.getAsLong();
        for (int i = 0; i < appended.size(); i++) {
            entries.append(appended.get(i));
        }
        lastIndex = appended.get(appended.size() - 1).getId().getIndex();
        long endedNanos = nanoTime.getAsLong();
        long first = appended.get(0).getId().getIndex();
        stages.encoded(first, lastIndex, beganNanos, endedNanos);
        stages.committed(first, lastIndex, endedNanos);
        dropCutOff(endedNanos);
        return appended.size();
    }

    private void dropCutOff(long nowNanos) {
        if (nowNanos - droppableNanos >= CUT_GRACE_NANOS) {
            entries.dropBefore(droppableBefore);
            droppableBefore = firstIndex;
            droppableNanos = nowNanos;
        }
    }

    @Override
    public synchronized boolean truncatePrefix(long firstIndexKept) {
        if (firstIndexKept > lastIndex) {
            return reset(firstIndexKept);
        }
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
        droppableBefore = nextIndex;
        return true;
    }
}

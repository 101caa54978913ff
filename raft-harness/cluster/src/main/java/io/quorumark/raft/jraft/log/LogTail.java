package io.quorumark.raft.jraft.log;

import com.alipay.sofa.jraft.entity.LogEntry;
import com.alipay.sofa.jraft.option.LogStorageOptions;
import com.alipay.sofa.jraft.storage.LogStorage;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A log whose newest entries are kept in memory too, as they were appended. For every message, sender and receiver ask for the entry before
 * the message's first one, to learn its term, and the library itself forgets an entry as soon as it is applied: without this, each message
 * costs two reads of whole entries from the logs. Changed by one thread at a time; any thread reads.
 */
public final class LogTail extends ListedLog {
    /** More than are on their way between two members at a time. A power of two. */
    static final int ENTRIES = 256;

    /** A larger entry is read from the log again. */
    static final int LARGEST_ENTRY_BYTES = 16 << 10;

    private final LogStorage log;
    private final AtomicReferenceArray<@Nullable LogEntry> newest = new AtomicReferenceArray<>(ENTRIES);

    /** @param log to be closed by whoever opened it, after this */
    public LogTail(LogStorage log) {
        this.log = log;
    }

    @Override
    public boolean init(LogStorageOptions options) {
        return log.init(options);
    }

    @Override
    public void shutdown() {
        log.shutdown();
    }

    @Override
    public long getFirstLogIndex() {
        return log.getFirstLogIndex();
    }

    @Override
    public long getLastLogIndex() {
        return log.getLastLogIndex();
    }

    /** The object that was appended, or one that was read. */
    @Override
    public @Nullable LogEntry getEntry(long index) {
        LogEntry kept = newest.get(slot(index));
        return kept != null && kept.getId().getIndex() == index && index >= log.getFirstLogIndex()
                ? kept
                : log.getEntry(index);
    }

    @Override
    public int appendEntries(List<LogEntry> entries) {
        int appended = log.appendEntries(entries);
        for (int i = 0; i < appended; i++) {
            LogEntry entry = entries.get(i);
            newest.set(slot(entry.getId().getIndex()), isSmall(entry) ? entry : null);
        }
        return appended;
    }

    private static boolean isSmall(LogEntry entry) {
        return entry.getData() == null || entry.getReadOnlyData().remaining() <= LARGEST_ENTRY_BYTES;
    }

    @Override
    public boolean truncatePrefix(long firstIndexKept) {
        return log.truncatePrefix(firstIndexKept);
    }

    @Override
    public boolean truncateSuffix(long lastIndexKept) {
        forget();
        return log.truncateSuffix(lastIndexKept);
    }

    @Override
    public boolean reset(long nextIndex) {
        forget();
        return log.reset(nextIndex);
    }

    /** Other entries are to stand at these indexes. */
    private void forget() {
        for (int i = 0; i < ENTRIES; i++) {
            newest.set(i, null);
        }
    }

    private static int slot(long index) {
        return (int) (index & (ENTRIES - 1));
    }
}

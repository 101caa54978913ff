package io.quorumark.raft.jraft.log;

import com.alipay.sofa.jraft.entity.LogEntry;
import com.alipay.sofa.jraft.storage.LogStorage;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A log that takes lists of entries and gives whole ones. What else the library may ask for follows from that. */
abstract class ListedLog implements LogStorage {
    /**
     * How long an entry that was cut off can still be read. A thread of the library that sends entries compares an index with the log's
     * first one, and asks for the entry after that; if the log is cut in between and has no such entry, the library takes the log for
     * damaged and the member for failed.
     */
    static final long CUT_GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);

    @Deprecated
    @Override
    public final long getTerm(long index) {
        LogEntry entry = getEntry(index);
        return entry == null ? 0 : entry.getId().getTerm();
    }

    @Override
    public final boolean appendEntry(LogEntry entry) {
        return appendEntries(List.of(entry)) == 1;
    }
}

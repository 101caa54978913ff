package io.quorumark.raft.jraft.log;

import com.alipay.sofa.jraft.entity.LogEntry;
import com.alipay.sofa.jraft.storage.LogStorage;
import java.util.List;

/** A log that takes lists of entries and gives whole ones. What else the library may ask for follows from that. */
abstract class ListedLog implements LogStorage {
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

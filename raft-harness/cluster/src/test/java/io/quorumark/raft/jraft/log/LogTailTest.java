package io.quorumark.raft.jraft.log;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.alipay.sofa.jraft.entity.EnumOutter.EntryType;
import com.alipay.sofa.jraft.entity.LogEntry;
import com.alipay.sofa.jraft.entity.LogId;
import io.quorumark.raft.timing.WriteStages;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The log below copies what it takes: an entry that comes back as the same object was not read from it. */
class LogTailTest {
    private final VolatileLogStorage log = new VolatileLogStorage(new WriteStages());
    private final LogTail tail = new LogTail(log);

    private static LogEntry entry(long index, long term, int dataBytes) {
        LogEntry entry = new LogEntry(EntryType.ENTRY_TYPE_DATA);
        entry.setId(new LogId(index, term));
        entry.setData(ByteBuffer.allocate(dataBytes));
        return entry;
    }

    private List<LogEntry> append(long first, long last, long term) {
        List<LogEntry> entries = new ArrayList<>();
        for (long index = first; index <= last; index++) {
            entries.add(entry(index, term, 8));
        }
        assertThat(tail.appendEntries(entries)).isEqualTo(entries.size());
        return entries;
    }

    private long termAt(long index) {
        return requireNonNull(tail.getEntry(index)).getId().getTerm();
    }

    @Test
    void the_newest_entries_are_not_read_again() {
        List<LogEntry> entries = append(1, LogTail.ENTRIES + 10, 1);
        for (int i = 0; i < 10; i++) {
            assertThat(tail.getEntry(i + 1L)).isNotNull().isNotSameAs(entries.get(i));
        }
        for (int i = 10; i < entries.size(); i++) {
            assertThat(tail.getEntry(i + 1L)).isSameAs(entries.get(i));
        }
    }

    @Test
    void a_large_entry_is_read_again_and_so_is_not_what_stood_in_its_place_before() {
        append(1, LogTail.ENTRIES, 1);
        LogEntry large = entry(LogTail.ENTRIES + 1, 2, LogTail.LARGEST_ENTRY_BYTES + 1);
        assertThat(tail.appendEntry(large)).isTrue();
        assertThat(tail.getEntry(LogTail.ENTRIES + 1)).isNotSameAs(large);
        assertThat(termAt(LogTail.ENTRIES + 1)).isEqualTo(2);
        assertThat(termAt(1)).isEqualTo(1);
    }

    @Test
    void entries_that_replace_others_are_the_ones_read() {
        append(1, 20, 1);
        assertThat(tail.truncateSuffix(10)).isTrue();
        assertThat(tail.getEntry(11)).isNull();
        append(11, 12, 2);
        assertThat(termAt(10)).isEqualTo(1);
        assertThat(termAt(11)).isEqualTo(2);
        assertThat(tail.getEntry(13)).isNull();
    }

    @Test
    void what_was_cut_off_is_read_from_the_log_and_what_was_reset_is_gone() {
        List<LogEntry> entries = append(1, 20, 1);
        assertThat(tail.truncatePrefix(15)).isTrue();
        assertThat(tail.getEntry(14)).isNotNull().isNotSameAs(entries.get(13));
        assertThat(termAt(15)).isEqualTo(1);
        assertThat(tail.reset(101)).isTrue();
        assertThat(tail.getEntry(20)).isNull();
        append(101, 101, 3);
        assertThat(termAt(101)).isEqualTo(3);
    }
}

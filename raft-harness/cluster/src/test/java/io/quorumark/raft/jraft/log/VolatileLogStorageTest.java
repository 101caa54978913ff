package io.quorumark.raft.jraft.log;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.alipay.sofa.jraft.entity.LogId;
import io.quorumark.raft.timing.WriteStages;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A log in memory is cut like one on an engine. */
class VolatileLogStorageTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final VolatileLogStorage log = new VolatileLogStorage(new WriteStages(), nanos::get);

    private void append(long from, long to) {
        log.appendEntries(LogCutTest.entries(from, to));
    }

    private void pass(long passedNanos) {
        nanos.addAndGet(passedNanos);
    }

    private void assertReadable(long index) {
        assertThat(requireNonNull(log.getEntry(index)).getId()).isEqualTo(new LogId(index, 1));
    }

    @Test
    void what_was_cut_off_can_be_read_for_a_while_and_is_dropped_then() {
        append(1, 20);
        pass(ListedLog.CUT_GRACE_NANOS);
        append(21, 21);
        assertThat(log.truncatePrefix(15)).isTrue();
        assertThat(log.getFirstLogIndex()).isEqualTo(15);
        append(22, 22);
        assertReadable(1);
        assertReadable(14);
        pass(ListedLog.CUT_GRACE_NANOS - 1);
        assertThat(log.truncatePrefix(18)).isTrue();
        append(23, 23);
        assertReadable(14);
        pass(2 * ListedLog.CUT_GRACE_NANOS);
        append(24, 24);
        pass(ListedLog.CUT_GRACE_NANOS);
        append(25, 25);
        assertThat(log.getEntry(17)).isNull();
        assertReadable(18);
    }

    @Test
    void what_follows_a_reset_is_kept() {
        append(1, 20);
        log.truncatePrefix(15);
        assertThat(log.reset(5)).isTrue();
        assertThat(log.getEntry(14)).isNull();
        append(5, 6);
        pass(2 * ListedLog.CUT_GRACE_NANOS);
        append(7, 7);
        pass(2 * ListedLog.CUT_GRACE_NANOS);
        append(8, 8);
        assertReadable(5);
        assertThat(log.truncatePrefix(101)).isTrue();
        assertThat(log.getLastLogIndex()).isEqualTo(100);
        assertThat(log.getEntry(8)).isNull();
    }
}

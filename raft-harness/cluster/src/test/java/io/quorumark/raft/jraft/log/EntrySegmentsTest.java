package io.quorumark.raft.jraft.log;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alipay.sofa.jraft.entity.EnumOutter.EntryType;
import com.alipay.sofa.jraft.entity.LogEntry;
import com.alipay.sofa.jraft.entity.LogId;
import com.alipay.sofa.jraft.entity.PeerId;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EntrySegmentsTest {
    private static final int EXPECTED = 1 << 8;

    private final EntrySegments segments = new EntrySegments(EXPECTED);

    private static LogEntry data(long index, long term, int length) {
        LogEntry entry = new LogEntry(EntryType.ENTRY_TYPE_DATA);
        entry.setId(new LogId(index, term));
        byte[] bytes = new byte[length];
        new Random(index * 31 + term).nextBytes(bytes);
        entry.setData(ByteBuffer.wrap(bytes));
        return entry;
    }

    private void append(long from, long to, int length) {
        for (long index = from; index <= to; index++) {
            segments.append(data(index, 1, length));
        }
    }

    @Test
    void entries_come_back_as_they_were_and_the_appended_ones_stay_untouched() {
        LogEntry entry = data(7, 3, 500);
        segments.append(entry);
        assertThat(entry.getData().remaining()).isEqualTo(500);
        LogEntry configuration = new LogEntry(EntryType.ENTRY_TYPE_CONFIGURATION);
        configuration.setId(new LogId(8, 4));
        configuration.setPeers(List.of(PeerId.parsePeer("127.0.0.1:1")));
        segments.append(configuration);
        segments.append(data(9, 4, 0));
        segments.append(data(10, 4, 3 << 20));
        segments.append(data(11, 4, 1));

        assertThat(segments.get(6)).isNull();
        assertThat(requireNonNull(segments.get(7)).getId()).isEqualTo(new LogId(7, 3));
        assertThat(requireNonNull(segments.get(7)).getData()).isEqualTo(entry.getData());
        assertThat(requireNonNull(segments.get(8)).getPeers()).containsExactly(PeerId.parsePeer("127.0.0.1:1"));
        assertThat(requireNonNull(segments.get(8)).getId()).isEqualTo(new LogId(8, 4));
        assertThat(requireNonNull(segments.get(9)).getData().remaining()).isZero();
        assertThat(requireNonNull(segments.get(10)).getData())
                .isEqualTo(data(10, 4, 3 << 20).getData());
        assertThat(requireNonNull(segments.get(11)).getData())
                .isEqualTo(data(11, 4, 1).getData());
        assertThat(segments.get(12)).isNull();
    }

    @Test
    void more_than_was_expected_is_kept_as_well() {
        append(EXPECTED - 5, 5 * EXPECTED, 10);
        segments.dropBefore(EXPECTED + 10);
        assertThat(segments.get(EXPECTED + 9)).isNull();
        for (long index = EXPECTED + 10; index <= 5 * EXPECTED; index++) {
            assertThat(requireNonNull(segments.get(index)).getData())
                    .isEqualTo(data(index, 1, 10).getData());
        }
    }

    @Test
    void arrays_are_used_again_once_their_entries_are_dropped() {
        for (int round = 0; round < 50; round++) {
            append(round * 4_000L + 1, (round + 1) * 4_000L, 1_000);
            segments.dropBefore((round + 1) * 4_000L);
        }
        // 4,000 entries of 1,000 bytes take four arrays of a mebibyte, and lie across a fifth
        assertThat(segments.arrays()).isLessThanOrEqualTo(5);
    }

    @Test
    void any_sequence_of_changes_leaves_what_a_sorted_map_holds() {
        Random random = new Random(15);
        TreeMap<Long, LogEntry> model = new TreeMap<>();
        long next = 1;
        for (int step = 0; step < 3_000; step++) {
            int choice = random.nextInt(10);
            if (choice < 7 || model.isEmpty()) {
                for (int i = 0; i < 20; i++) {
                    LogEntry entry = data(next, step, random.nextInt(5_000));
                    segments.append(entry);
                    model.put(next++, entry);
                }
            } else if (choice == 7) {
                long to = model.firstKey() + random.nextInt(60);
                segments.dropBefore(to);
                model.headMap(to).clear();
            } else {
                next = Math.max(model.firstKey(), next - random.nextInt(40));
                segments.dropAfter(next - 1);
                model.tailMap(next).clear();
            }
            for (long index = next - 45; index < next + 2; index++) {
                LogEntry expected = model.get(index);
                LogEntry actual = segments.get(index);
                assertThat(actual == null).isEqualTo(expected == null);
                if (expected != null && actual != null) {
                    assertThat(actual.getId()).isEqualTo(expected.getId());
                    assertThat(actual.getData()).isEqualTo(expected.getData());
                }
            }
        }
    }

    @Test
    void an_entry_that_does_not_follow_is_refused() {
        append(1, 3, 10);
        assertThatThrownBy(() -> segments.append(data(5, 1, 10))).hasMessage("entry 5 comes after entry 3");
    }
}

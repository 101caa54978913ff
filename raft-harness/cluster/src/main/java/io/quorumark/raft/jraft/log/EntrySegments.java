package io.quorumark.raft.jraft.log;

import com.alipay.sofa.jraft.entity.EnumOutter.EntryType;
import com.alipay.sofa.jraft.entity.LogEntry;
import com.alipay.sofa.jraft.entity.LogId;
import com.alipay.sofa.jraft.entity.codec.v2.LogEntryV2CodecFactory;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Consecutive log entries as bytes in a few large arrays, which are used again once their entries were dropped: to a collector, a hundred
 * thousand entries are some dozens of arrays without a reference in them, not as many objects to follow and to copy. For one thread at a
 * time.
 */
final class EntrySegments {
    private static final int SEGMENT_BYTES = 1 << 20;

    /** How many emptied segments are kept for what comes next. */
    private static final int MOST_SPARE = 64;

    private static final byte DATA = 0;
    private static final byte ENCODED = 1;
    private static final int DATA_HEADER_BYTES = 1 + Long.BYTES + Integer.BYTES;
    private static final int ENCODED_HEADER_BYTES = 1 + Integer.BYTES;

    /** By index, modulo the array's length. */
    private long[] positions;

    private final List<Segment> segments = new ArrayList<>();
    private final Deque<Segment> spare = new ArrayDeque<>();
    /** Number of the first of {@code segments}; numbers go on for ever. */
    private long firstNumber;

    private long first = 1;
    private long last;

    /** @param expectedEntries a power of two; more entries than that have their positions copied once in a while */
    EntrySegments(int expectedEntries) {
        this.positions = new long[expectedEntries];
    }

    private static final class Segment {
        private final ByteBuffer bytes;
        private long lastIndex;

        Segment(int size) {
            bytes = ByteBuffer.allocate(size);
        }
    }

    /** Copies an entry that follows the last one, or that begins anew if there is none. */
    void append(LogEntry entry) {
        long index = entry.getId().getIndex();
        if (last < first) {
            first = index;
        } else if (index != last + 1) {
            throw new IllegalArgumentException("entry " + index + " comes after entry " + last);
        }
        if (index - first >= positions.length) {
            makeRoom();
        }
        if (entry.getType() == EntryType.ENTRY_TYPE_DATA) {
            ByteBuffer data = entry.getReadOnlyData();
            Segment segment = place(index, DATA_HEADER_BYTES + data.remaining());
            segment.bytes
                    .put(DATA)
                    .putLong(entry.getId().getTerm())
                    .putInt(data.remaining())
                    .put(data);
        } else {
            byte[] encoded = LogEntryV2CodecFactory.getInstance().encoder().encode(entry);
            Segment segment = place(index, ENCODED_HEADER_BYTES + encoded.length);
            segment.bytes.put(ENCODED).putInt(encoded.length).put(encoded);
        }
        last = index;
    }

    private void makeRoom() {
        long[] wider = new long[positions.length * 2];
        for (long index = first; index <= last; index++) {
            wider[(int) (index & (wider.length - 1))] = positions[slot(index)];
        }
        positions = wider;
    }

    private Segment place(long index, int length) {
        Segment segment = segments.isEmpty() ? null : segments.get(segments.size() - 1);
        if (segment == null || segment.bytes.remaining() < length) {
            Segment free = length <= SEGMENT_BYTES ? spare.poll() : null;
            segment = free == null ? new Segment(Math.max(SEGMENT_BYTES, length)) : free;
            segments.add(segment);
        }
        segment.lastIndex = index;
        positions[slot(index)] = ((firstNumber + segments.size() - 1) << Integer.SIZE) | segment.bytes.position();
        return segment;
    }

    /** A new object with the entry's content; null if it is not here. */
    @Nullable
    LogEntry get(long index) {
        if (index < first || index > last) {
            return null;
        }
        ByteBuffer bytes = segmentOf(index).bytes.duplicate();
        bytes.position(offsetOf(index));
        if (bytes.get() == ENCODED) {
            return LogEntryV2CodecFactory.getInstance().decoder().decode(copy(bytes, bytes.getInt()));
        }
        LogEntry entry = new LogEntry(EntryType.ENTRY_TYPE_DATA);
        entry.setId(new LogId(index, bytes.getLong()));
        entry.setData(ByteBuffer.wrap(copy(bytes, bytes.getInt())));
        return entry;
    }

    private static byte[] copy(ByteBuffer from, int length) {
        byte[] bytes = new byte[length];
        from.get(bytes);
        return bytes;
    }

    /** Drops the entries before {@code index}. */
    void dropBefore(long index) {
        first = Math.max(first, index);
        while (!segments.isEmpty() && segments.get(0).lastIndex < first) {
            free(segments.remove(0));
            firstNumber++;
        }
    }

    /** Drops the entries after {@code index}. */
    void dropAfter(long index) {
        if (index < first) {
            dropBefore(last + 1);
            last = first - 1;
            return;
        }
        if (index >= last) {
            return;
        }
        int kept = (int) (numberOf(index + 1) - firstNumber);
        int offset = offsetOf(index + 1);
        while (segments.size() > kept + 1) {
            free(segments.remove(segments.size() - 1));
        }
        Segment end = segments.get(kept);
        end.bytes.position(offset);
        end.lastIndex = index;
        last = index;
    }

    private void free(Segment segment) {
        if (segment.bytes.capacity() == SEGMENT_BYTES && spare.size() < MOST_SPARE) {
            segment.bytes.clear();
            spare.push(segment);
        }
    }

    /** How many arrays hold entries, or stand ready to. */
    int arrays() {
        return segments.size() + spare.size();
    }

    private Segment segmentOf(long index) {
        return segments.get((int) (numberOf(index) - firstNumber));
    }

    private long numberOf(long index) {
        return positions[slot(index)] >>> Integer.SIZE;
    }

    private int offsetOf(long index) {
        return (int) positions[slot(index)];
    }

    private int slot(long index) {
        return (int) (index & (positions.length - 1));
    }
}

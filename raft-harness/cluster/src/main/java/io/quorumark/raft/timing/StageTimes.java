package io.quorumark.raft.timing;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/**
 * How long the stages of timed writes took.
 *
 * @param nanos by stage, all with the same count; empty if no member was there to ask. Owned by this
 */
public record StageTimes(Map<Stage, Histogram> nanos) {
    private static final int LENGTH_BYTES = Integer.BYTES;

    public static StageTimes none() {
        return new StageTimes(Map.of());
    }

    /** Those of several members as one. */
    public static StageTimes sum(List<StageTimes> parts) {
        Map<Stage, Histogram> sum = new EnumMap<>(Stage.class);
        for (StageTimes part : parts) {
            part.nanos.forEach((stage, histogram) -> sum.computeIfAbsent(
                            stage, absent -> new Histogram(histogram.getNumberOfSignificantValueDigits()))
                    .add(histogram));
        }
        return new StageTimes(sum);
    }

    /** The times of one stage; empty if there are none. */
    public Histogram of(Stage stage) {
        return nanos.getOrDefault(stage, new Histogram(1));
    }

    /** How many writes were timed. */
    public long count() {
        return nanos.values().stream().mapToLong(Histogram::getTotalCount).max().orElse(0);
    }

    /** Per stage, in their order: the length in bytes, then the compressed histogram. */
    public byte[] encode() {
        int capacity = nanos.values().stream()
                .mapToInt(histogram -> LENGTH_BYTES + histogram.getNeededByteBufferCapacity())
                .sum();
        ByteBuffer bytes = ByteBuffer.allocate(capacity);
        for (Histogram histogram : nanos.values()) {
            int at = bytes.position();
            bytes.position(at + LENGTH_BYTES);
            bytes.putInt(at, histogram.encodeIntoCompressedByteBuffer(bytes));
        }
        byte[] encoded = new byte[bytes.position()];
        bytes.get(0, encoded);
        return encoded;
    }

    /** @throws IllegalArgumentException the bytes are no such times */
    public static StageTimes decode(byte[] bytes) {
        Map<Stage, Histogram> nanos = new EnumMap<>(Stage.class);
        ByteBuffer left = ByteBuffer.wrap(bytes);
        Iterator<Stage> stages = List.of(Stage.values()).iterator();
        try {
            while (left.hasRemaining()) {
                int from = left.position() + LENGTH_BYTES;
                int to = Math.addExact(from, left.getInt());
                left.position(to);
                // a copy of its own: the library looks at the array behind a buffer, from its beginning
                ByteBuffer one = ByteBuffer.wrap(Arrays.copyOfRange(bytes, from, to));
                nanos.put(stages.next(), Histogram.decodeFromCompressedByteBuffer(one, 0));
            }
        } catch (DataFormatException
                | IllegalArgumentException
                | ArithmeticException
                | IndexOutOfBoundsException
                | BufferUnderflowException
                | NoSuchElementException e) {
            throw new IllegalArgumentException("stage times of " + bytes.length + " bytes are malformed", e);
        }
        return new StageTimes(nanos);
    }
}

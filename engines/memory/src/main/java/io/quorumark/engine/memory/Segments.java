package io.quorumark.engine.memory;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;

/**
 * Blocks of bytes in a few large arrays, which are used again once all their blocks were released: to a collector, a million blocks are
 * some hundreds of arrays without a reference in them. A segment of which much was released is swept: {@link #nextToSweep} names its blocks
 * one by one, and their owner copies those that are in use elsewhere, until the segment is empty.
 *
 * <p>One writer at a time. What is read beside the writer may be of another block by then, or throw: it counts only if no writer came
 * between.
 */
final class Segments {
    /** No address. */
    static final long NONE = -1;

    private static final int SMALL_BYTES = 64 << 10;
    /** With an array's header no more than the smallest region of G1, which would else take two. */
    private static final int LARGE_BYTES = (1 << 20) - 64;
    /** So many small segments come before large ones. */
    private static final int SMALL_SEGMENTS = 8;
    /** A larger block has an array of its own. */
    private static final int SHARED_BYTES = LARGE_BYTES / 4;
    /** How many emptied arrays are kept for what comes next, and how many bytes more than are in use. */
    private static final int MOST_SPARE = 64;

    private static final int SPARE_BYTES = 2 * LARGE_BYTES;
    /** Released blocks may take a third of what blocks in use take, and so much on top. */
    private static final int RELEASED_SHARE = 3;

    private static final int RELEASED_BYTES = SMALL_SEGMENTS * SMALL_BYTES;
    /** A segment is not worth sweeping while less than a quarter of it was released. */
    private static final int SWEPT_SHARE = 4;

    private static final int LENGTH_BYTES = Integer.BYTES;
    private static final int NO_SEGMENT = -1;
    private static final Segment EMPTY = new Segment(0);

    /** By number; {@link #EMPTY} if the number is unused. */
    private Segment[] segments = new Segment[SMALL_SEGMENTS];

    private int numbers;
    private final BitSet unused = new BitSet();
    private final Deque<byte[]> spare = new ArrayDeque<>();
    private int inUse;
    private int current = NO_SEGMENT;
    private int swept = NO_SEGMENT;
    /** How far. */
    private int sweptTo;

    /** Of segments in use. */
    private long heldBytes;

    private long spareBytes;
    private long writtenBytes;
    private long liveBytes;

    /** An array, how far it is written, and how much of that was not released yet. */
    private static final class Segment {
        final byte[] bytes;
        int end;
        int liveBytes;

        Segment(int size) {
            this(new byte[size]);
        }

        Segment(byte[] bytes) {
            this.bytes = bytes;
        }
    }

    /**
     * A new block.
     *
     * @return its address: {@link #bytes} from {@link #offset} on are to be written
     */
    long allocate(int length) {
        int size = LENGTH_BYTES + length;
        int number = size > SHARED_BYTES ? open(new Segment(size)) : roomy(size);
        Segment segment = segments[number];
        int at = segment.end;
        Ints.write(segment.bytes, at, length);
        segment.end = at + size;
        segment.liveBytes += size;
        writtenBytes += size;
        liveBytes += size;
        return address(number, at + LENGTH_BYTES);
    }

    private int roomy(int size) {
        int full = current;
        if (full != NO_SEGMENT) {
            Segment segment = segments[full];
            if (size <= segment.bytes.length - segment.end) {
                return full;
            }
        }
        byte[] used = spare.peek();
        if (used != null && used.length >= size) {
            spare.pop();
            spareBytes -= used.length;
            current = open(new Segment(used));
        } else {
            current = open(new Segment(inUse < SMALL_SEGMENTS && size <= SMALL_BYTES ? SMALL_BYTES : LARGE_BYTES));
        }
        if (full != NO_SEGMENT && segments[full].liveBytes == 0) {
            free(full);
        }
        return current;
    }

    private int open(Segment segment) {
        int number = unused.nextSetBit(0);
        if (number < 0) {
            number = numbers++;
            if (number == segments.length) {
                segments = Arrays.copyOf(segments, 2 * number);
            }
        } else {
            unused.clear(number);
        }
        segments[number] = segment;
        heldBytes += segment.bytes.length;
        inUse++;
        return number;
    }

    /** The block is not used any more. */
    void release(long address) {
        int number = number(address);
        Segment segment = segments[number];
        int size = LENGTH_BYTES + length(address);
        segment.liveBytes -= size;
        liveBytes -= size;
        if (segment.liveBytes == 0 && number != current) {
            free(number);
        }
    }

    private void free(int number) {
        Segment segment = segments[number];
        segments[number] = EMPTY;
        unused.set(number);
        inUse--;
        heldBytes -= segment.bytes.length;
        writtenBytes -= segment.end;
        if (number == swept) {
            swept = NO_SEGMENT;
        }
        if (segment.bytes.length == SMALL_BYTES || segment.bytes.length == LARGE_BYTES) {
            spare.push(segment.bytes);
            spareBytes += segment.bytes.length;
        }
        while (spare.size() > MOST_SPARE || spareBytes > heldBytes + SPARE_BYTES) {
            spareBytes -= spare.removeLast().length;
        }
    }

    /**
     * The next block, in use or released, of a segment that is worth emptying. The caller copies it if it is in use, and releases it.
     *
     * @return {@link #NONE} if no segment is worth it
     */
    long nextToSweep() {
        if (swept == NO_SEGMENT) {
            if (writtenBytes - liveBytes <= liveBytes / RELEASED_SHARE + RELEASED_BYTES) {
                return NONE;
            }
            swept = mostReleased();
            sweptTo = 0;
            if (swept == NO_SEGMENT) {
                return NONE;
            }
        }
        Segment segment = segments[swept];
        if (sweptTo == segment.end) {
            throw new IllegalStateException("segment " + swept + " holds " + segment.liveBytes
                    + " bytes that no key leads to; close and reopen");
        }
        long address = address(swept, sweptTo + LENGTH_BYTES);
        sweptTo += LENGTH_BYTES + length(address);
        return address;
    }

    /** The segment of which the largest share was released, the one that is written to left out. */
    private int mostReleased() {
        int best = NO_SEGMENT;
        long bestReleased = 0;
        long bestEnd = 1;
        for (int number = 0; number < numbers; number++) {
            Segment segment = segments[number];
            int released = segment.end - segment.liveBytes;
            if (number != current && released * bestEnd > bestReleased * segment.end) {
                best = number;
                bestReleased = released;
                bestEnd = segment.end;
            }
        }
        return bestReleased * SWEPT_SHARE < bestEnd ? NO_SEGMENT : best;
    }

    /** The array that holds a block. */
    byte[] bytes(long address) {
        return segments[number(address)].bytes;
    }

    /** Where in that array the block begins. */
    static int offset(long address) {
        return (int) address;
    }

    /** Of a block, as it was asked for. */
    int length(long address) {
        return Ints.read(bytes(address), offset(address) - LENGTH_BYTES);
    }

    private static long address(int number, int offset) {
        return (long) number << Integer.SIZE | offset;
    }

    private static int number(long address) {
        return (int) (address >>> Integer.SIZE);
    }

    /** Of all arrays, spare ones included. */
    long heldBytes() {
        return heldBytes + spareBytes;
    }
}

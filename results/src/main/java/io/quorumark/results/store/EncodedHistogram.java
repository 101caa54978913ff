package io.quorumark.results.store;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.HdrHistogram.Histogram;

/**
 * Adds compressed histograms to a sum, count by count. HdrHistogram's own way is to decode each into an array for every value that it could
 * hold, tens of thousands of longs for the few hundred counts of a second, and to add that array: of a campaign with ten thousand trials it
 * is half the work. The format is the library's "V2" (class {@code AbstractHistogram}, {@code encodeIntoByteBuffer}): a header of 40 bytes;
 * then numbers as ZigZag LEB128, above 0 a count, below 0 so many empty places.
 */
final class EncodedHistogram {
    private static final int COMPRESSED_COOKIE = 0x1c849304 | 0x10;
    private static final int COOKIE = 0x1c849303 | 0x10;
    private static final int HEADER_BYTES = 40;
    private static final int COMPRESSED_HEADER_BYTES = 8;
    /** What a histogram of any range with five digits can take. */
    private static final int MOST_PAYLOAD_BYTES = 64 << 20;

    private static final String ENDS_EARLY = "an end before its end";
    private static final int LEAST_DIGITS = 1;
    private static final int MOST_DIGITS = 5;

    private EncodedHistogram() {}

    /**
     * @throws DataFormatException these are not the bytes of a compressed histogram of whole numbers from 1 on; the sums are then of no use
     */
    static void addTo(Map<String, Histogram> byClass, String operationClass, byte[] compressed)
            throws DataFormatException {
        try {
            ByteBuffer encoded = ByteBuffer.wrap(inflated(compressed));
            require(encoded.getInt() == COOKIE, "another encoding");
            int payloadBytes = encoded.getInt();
            int normalizingIndexOffset = encoded.getInt();
            int digits = encoded.getInt();
            long lowestDiscernible = encoded.getLong();
            encoded.getLong(); // the highest trackable: the sum grows as it must
            encoded.getDouble(); // the ratio of integers to doubles, 1 for these
            require(payloadBytes == encoded.remaining(), "another length than it says");
            require(normalizingIndexOffset == 0, "a shifted histogram");
            require(digits >= LEAST_DIGITS && digits <= MOST_DIGITS, digits + " significant digits");
            require(lowestDiscernible == 1, "the lowest value " + lowestDiscernible);
            Histogram sum = byClass.computeIfAbsent(operationClass, name -> new Histogram(digits));
            require(sum.getNumberOfSignificantValueDigits() == digits, "another precision than intervals before it");
            addCounts(encoded, sum, halfBucketMagnitude(digits));
        } catch (BufferUnderflowException e) {
            DataFormatException cut = new DataFormatException(ENDS_EARLY);
            cut.initCause(e);
            throw cut;
        }
    }

    private static void addCounts(ByteBuffer encoded, Histogram sum, int halfMagnitude) throws DataFormatException {
        long index = 0;
        while (encoded.hasRemaining()) {
            long number = zigZag(encoded);
            if (number < 0) {
                index -= number;
            } else {
                if (number > 0) {
                    sum.recordValueWithCount(valueAt(index, halfMagnitude), number);
                }
                index++;
            }
        }
    }

    /**
     * The smallest value that is counted at a place: buckets of doubling width, each with as many places; the first has as many again below
     * it.
     */
    private static long valueAt(long index, int halfMagnitude) throws DataFormatException {
        long bucket = (index >> halfMagnitude) - 1;
        if (bucket < 0) {
            return index;
        }
        require(bucket + halfMagnitude + 1 < Long.SIZE - 1, "a place beyond all values");
        long half = 1L << halfMagnitude;
        return ((index & (half - 1)) + half) << bucket;
    }

    /** Binary logarithm of half the places that tell values apart to so many digits. */
    private static int halfBucketMagnitude(int digits) {
        long largestWithSingleUnit = 2;
        for (int i = 0; i < digits; i++) {
            largestWithSingleUnit *= 10;
        }
        int magnitude = Long.SIZE - Long.numberOfLeadingZeros(largestWithSingleUnit - 1);
        return Math.max(magnitude, 1) - 1;
    }

    /** At most nine bytes of seven bits, the last one of eight. */
    private static long zigZag(ByteBuffer encoded) {
        long bits = 0;
        for (int shift = 0; shift < 56; shift += 7) {
            byte next = encoded.get();
            bits |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return (bits >>> 1) ^ -(bits & 1);
            }
        }
        bits |= (encoded.get() & 0xFFL) << 56;
        return (bits >>> 1) ^ -(bits & 1);
    }

    private static byte[] inflated(byte[] compressed) throws DataFormatException {
        ByteBuffer header = ByteBuffer.wrap(compressed);
        require(header.getInt() == COMPRESSED_COOKIE, "another encoding");
        require(header.getInt() == header.remaining(), "another length than it says");
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(compressed, COMPRESSED_HEADER_BYTES, compressed.length - COMPRESSED_HEADER_BYTES);
            byte[] begin = new byte[HEADER_BYTES];
            require(inflater.inflate(begin) == HEADER_BYTES, ENDS_EARLY);
            int payloadBytes = ByteBuffer.wrap(begin).getInt(Integer.BYTES);
            require(payloadBytes >= 0 && payloadBytes <= MOST_PAYLOAD_BYTES, "a length of " + payloadBytes);
            byte[] whole = new byte[HEADER_BYTES + payloadBytes];
            System.arraycopy(begin, 0, whole, 0, HEADER_BYTES);
            int filled = HEADER_BYTES;
            while (filled < whole.length) {
                int more = inflater.inflate(whole, filled, whole.length - filled);
                require(more > 0, ENDS_EARLY);
                filled += more;
            }
            return whole;
        } finally {
            inflater.end();
        }
    }

    private static void require(boolean holds, String found) throws DataFormatException {
        if (!holds) {
            throw new DataFormatException("it has " + found);
        }
    }
}

package io.quorumark.workload.driver;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/**
 * The {@link Latencies} of one class in one interval, in HdrHistogram's compressed form: a few kilobytes, whereas the histogram itself has
 * hundreds, so that every second of a long run can be kept for a histogram log.
 */
public final class EncodedLatencies {
    private final byte[] response;
    private final byte @org.jspecify.annotations.Nullable [] service;

    private EncodedLatencies(byte[] response, byte @org.jspecify.annotations.Nullable [] service) {
        this.response = response;
        this.service = service;
    }

    static EncodedLatencies of(Histogram response, Optional<Histogram> service) {
        return new EncodedLatencies(encode(response), service.isPresent() ? encode(service.get()) : null);
    }

    /** A copy of the histograms that were recorded, with their start and end times. */
    public Latencies decode() {
        return new Latencies(decode(response), service == null ? Optional.empty() : Optional.of(decode(service)));
    }

    private static byte[] encode(Histogram histogram) {
        ByteBuffer target = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(target);
        byte[] encoded = new byte[length];
        target.get(0, encoded);
        return encoded;
    }

    private static Histogram decode(byte[] encoded) {
        try {
            return Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(encoded), Latencies.HIGHEST_NANOS);
        } catch (DataFormatException e) {
            throw new IllegalStateException("an interval's own encoding cannot be decoded", e);
        }
    }
}

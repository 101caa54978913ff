package io.quorumark.workload;

import io.quorumark.workload.distribution.CompressibleBytes;
import io.quorumark.workload.distribution.SizeSampler;
import org.apache.commons.rng.UniformRandomProvider;

/** Writes values as a {@link ValueSpec} asks for: a version, then bytes that compress to the wanted degree. */
final class ValueWriter {
    private final SizeSampler sizes;
    private final CompressibleBytes bytes;
    private final UniformRandomProvider random;

    ValueWriter(ValueSpec spec, long seed, UniformRandomProvider random) {
        this.sizes = Samplers.sizes(spec, random);
        this.bytes = new CompressibleBytes(spec.compressionRatio(), seed);
        this.random = random;
    }

    /** Gives the operation a value of a sampled length. */
    void write(Operation into, long version) {
        write(into, version, sizes.sample());
    }

    /** Gives the operation a value of a given length. */
    void write(Operation into, long version, int length) {
        byte[] value = into.prepareValue(length);
        KeyText.bigEndian(version, value, 0);
        bytes.fill(value, Operation.VERSION_BYTES, length, random);
    }
}

package io.quorumark.workload.model;

import io.quorumark.workload.Operation;
import io.quorumark.workload.distribution.CompressibleBytes;
import io.quorumark.workload.distribution.SizeSampler;
import io.quorumark.workload.key.KeyText;
import io.quorumark.workload.value.ValueSpec;
import org.apache.commons.rng.UniformRandomProvider;

/** Writes values as a {@link ValueSpec} asks for: a version, then bytes that compress to the wanted degree. */
public final class ValueWriter {
    private final SizeSampler sizes;
    private final CompressibleBytes bytes;
    private final UniformRandomProvider random;

    public ValueWriter(ValueSpec spec, long seed, UniformRandomProvider random) {
        this.sizes = spec.openSizes(random);
        this.bytes = new CompressibleBytes(spec.compressionRatio(), seed);
        this.random = random;
    }

    /** Gives the operation a value of a sampled length. */
    public void write(Operation into, long version) {
        write(into, version, sizes.sample());
    }

    /** Gives the operation a value of a given length. */
    public void write(Operation into, long version, int length) {
        byte[] value = into.prepareValue(length);
        KeyText.bigEndian(version, value, 0);
        bytes.fill(value, Operation.VERSION_BYTES, length, random);
    }
}

package io.quorumark.workload;

import io.quorumark.workload.distribution.HotspotSampler;
import io.quorumark.workload.distribution.KeySampler;
import io.quorumark.workload.distribution.LatestSampler;
import io.quorumark.workload.distribution.LognormalSizes;
import io.quorumark.workload.distribution.ScrambledZipfianSampler;
import io.quorumark.workload.distribution.SequentialSampler;
import io.quorumark.workload.distribution.SizeSampler;
import io.quorumark.workload.distribution.ZipfianSampler;
import java.util.Objects;
import org.apache.commons.rng.UniformRandomProvider;
import org.jspecify.annotations.Nullable;

/** Opens the samplers that a spec describes. */
final class Samplers {
    private Samplers() {}

    /** @param growing whether records are inserted later, which are then to be drawn too */
    static KeySampler keys(KeySpec spec, long records, boolean growing, UniformRandomProvider random) {
        return switch (spec.distribution()) {
            case SEQUENTIAL -> new SequentialSampler();
            case UNIFORM -> random::nextLong;
            case ZIPFIAN -> new ZipfianSampler(records, required(spec.theta()), random);
            case SCRAMBLED_ZIPFIAN ->
                growing
                        ? ScrambledZipfianSampler.growing(records, required(spec.theta()), random)
                        : new ScrambledZipfianSampler(records, required(spec.theta()), random);
            case LATEST -> new LatestSampler(records, required(spec.theta()), random);
            case HOTSPOT ->
                new HotspotSampler(records, required(spec.hotRecords()), required(spec.hotOperations()), random);
        };
    }

    static SizeSampler sizes(ValueSpec spec, UniformRandomProvider random) {
        return switch (spec.sizes()) {
            case CONSTANT -> {
                int bytes = required(spec.bytes());
                yield () -> bytes;
            }
            case UNIFORM -> {
                int minBytes = required(spec.minBytes());
                int maxBytes = required(spec.maxBytes());
                yield () -> random.nextInt(minBytes, maxBytes + 1);
            }
            case TRACE ->
                () -> {
                    throw new IllegalStateException("the lengths of a trace are not drawn");
                };
            case HISTOGRAM -> required(spec.file()).sampler(random);
            case LOGNORMAL ->
                new LognormalSizes(
                        required(spec.medianBytes()),
                        required(spec.sigma()),
                        required(spec.minBytes()),
                        required(spec.maxBytes()),
                        random);
        };
    }

    /** The specs' constructors have seen to it that what a distribution needs is there. */
    private static <T> T required(@Nullable T value) {
        return Objects.requireNonNull(value);
    }
}

package io.quorumark.workload.value;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quorumark.workload.distribution.LognormalSizes;
import io.quorumark.workload.distribution.SizeSampler;
import io.quorumark.workload.spec.InvalidValue;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.commons.rng.UniformRandomProvider;
import org.jspecify.annotations.Nullable;

/**
 * How long values are, and how well they compress. Every value begins with its version, hence the smallest size.
 *
 * @param sizes shape
 * @param bytes length of {@code constant} sizes
 * @param minBytes shortest length of {@code uniform} and {@code lognormal} sizes, {@value #MIN_BYTES} or more
 * @param maxBytes longest length of {@code uniform} and {@code lognormal} sizes, up to {@value #MAX_BYTES}; longer lognormal draws are cut
 * to it
 * @param medianBytes of {@code lognormal} sizes
 * @param sigma standard deviation of the natural logarithm of {@code lognormal} sizes
 * @param file of {@code histogram} sizes: a CSV file {@code bytes,count}, relative to the workload's own file
 * @param compressionRatio deflated length divided by length, 0.05 to 1; 1 does not compress at all
 */
public record ValueSpec(
        Sizes sizes,
        @Nullable Integer bytes,
        @Nullable Integer minBytes,
        @Nullable Integer maxBytes,
        @Nullable Integer medianBytes,
        @Nullable Double sigma,
        @Nullable SizeTable file,
        double compressionRatio) {

    /** The shortest value: its version, a 64-bit number. */
    public static final int MIN_BYTES = 8;

    /** The longest value that a workload may write: what every engine accepts. */
    public static final int MAX_BYTES = 4 << 20;

    /** A shape of sizes. */
    public enum Sizes {
        @JsonProperty("constant")
        CONSTANT,
        @JsonProperty("uniform")
        UNIFORM,
        @JsonProperty("lognormal")
        LOGNORMAL,
        /** As often as a file says. */
        @JsonProperty("histogram")
        HISTOGRAM,
        /** As long as the replayed trace says, but never shorter than {@value #MIN_BYTES} bytes. For the model {@code trace} alone. */
        @JsonProperty("trace")
        TRACE
    }

    public ValueSpec {
        boolean constant = sizes == Sizes.CONSTANT;
        boolean lognormal = sizes == Sizes.LOGNORMAL;
        checkBytes("bytes", bytes, constant);
        boolean ranged = lognormal || sizes == Sizes.UNIFORM;
        checkBytes("minBytes", minBytes, ranged);
        checkBytes("maxBytes", maxBytes, ranged);
        checkBytes("medianBytes", medianBytes, lognormal);
        if (minBytes != null && maxBytes != null && minBytes > maxBytes) {
            throw new InvalidValue("minBytes", minBytes, "at most maxBytes, which is " + maxBytes);
        }
        if (sigma == null && lognormal) {
            throw InvalidValue.missing("sigma", "more than 0 and at most 5");
        }
        if (sigma != null && !lognormal) {
            throw new InvalidValue("sigma", sigma, "no such key with these sizes; remove it");
        }
        if (sigma != null && !(sigma > 0 && sigma <= 5)) {
            throw new InvalidValue("sigma", sigma, "more than 0 and at most 5");
        }
        if (file == null && sizes == Sizes.HISTOGRAM) {
            throw InvalidValue.missing("file", "the name of a CSV file with the header bytes,count");
        }
        if (file != null && sizes != Sizes.HISTOGRAM) {
            throw new InvalidValue("file", file.file(), "no such key with these sizes; remove it");
        }
        if (!(compressionRatio >= 0.05 && compressionRatio <= 1)) {
            throw new InvalidValue("compressionRatio", compressionRatio, "0.05 to 1");
        }
    }

    /** This with its file read, which is relative to {@code folder}. */
    public ValueSpec withFilesIn(Path folder) {
        return file == null
                ? this
                : new ValueSpec(
                        sizes, bytes, minBytes, maxBytes, medianBytes, sigma, file.readFrom(folder), compressionRatio);
    }

    /** The shortest value that can be drawn, in bytes. */
    int shortestBytes() {
        return switch (sizes) {
            case CONSTANT -> Objects.requireNonNull(bytes);
            case UNIFORM, LOGNORMAL -> Objects.requireNonNull(minBytes);
            case TRACE -> MIN_BYTES;
            case HISTOGRAM -> Objects.requireNonNull(file).shortestBytes();
        };
    }

    /**
     * Checks that every value has room for what its workload writes at its beginning.
     *
     * @param header what that is
     * @throws InvalidValue values may be shorter than {@code leastBytes}
     */
    public void checkShortest(int leastBytes, String header) {
        int shortest = shortestBytes();
        if (shortest < leastBytes) {
            String key = switch (sizes) {
                case CONSTANT -> "values.bytes";
                case UNIFORM, LOGNORMAL -> "values.minBytes";
                case HISTOGRAM -> "values.file";
                case TRACE -> "values.sizes";
            };
            throw new InvalidValue(key, shortest, "at least " + leastBytes + ": " + header);
        }
    }

    /** Opens what draws lengths in bytes from {@code random}. */
    public SizeSampler openSizes(UniformRandomProvider random) {
        return switch (sizes) {
            case CONSTANT -> {
                int constant = Objects.requireNonNull(bytes);
                yield () -> constant;
            }
            case UNIFORM -> {
                int least = Objects.requireNonNull(minBytes);
                int most = Objects.requireNonNull(maxBytes);
                yield () -> random.nextInt(least, most + 1);
            }
            case TRACE ->
                () -> {
                    throw new IllegalStateException("the lengths of a trace are not drawn");
                };
            case HISTOGRAM -> Objects.requireNonNull(file).sampler(random);
            case LOGNORMAL ->
                new LognormalSizes(
                        Objects.requireNonNull(medianBytes),
                        Objects.requireNonNull(sigma),
                        Objects.requireNonNull(minBytes),
                        Objects.requireNonNull(maxBytes),
                        random);
        };
    }

    private static void checkBytes(String key, @Nullable Integer value, boolean wanted) {
        String range = MIN_BYTES + " to " + MAX_BYTES;
        if (wanted && value == null) {
            throw InvalidValue.missing(key, range);
        }
        if (!wanted && value != null) {
            throw new InvalidValue(key, value, "no such key with these sizes; remove it");
        }
        if (value != null && (value < MIN_BYTES || value > MAX_BYTES)) {
            throw new InvalidValue(key, value, range);
        }
    }
}

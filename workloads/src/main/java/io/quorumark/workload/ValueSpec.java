package io.quorumark.workload;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quorumark.workload.spec.InvalidValue;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How long values are, and how well they compress. Every value begins with its version, hence the smallest size.
 *
 * @param sizes shape
 * @param bytes length of {@code constant} sizes
 * @param minBytes shortest length of {@code uniform} and {@code lognormal} sizes, {@value #MIN_BYTES} or more
 * @param maxBytes longest length of {@code uniform} and {@code lognormal} sizes, up to {@value #MAX_BYTES}; longer lognormal draws are cut to it
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

    /** The shortest value: its version. */
    public static final int MIN_BYTES = Operation.VERSION_BYTES;

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
    ValueSpec withFilesIn(Path folder) {
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

package io.quorumark.workload.key;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quorumark.workload.distribution.HotspotSampler;
import io.quorumark.workload.distribution.KeySampler;
import io.quorumark.workload.distribution.LatestSampler;
import io.quorumark.workload.distribution.ScrambledZipfianSampler;
import io.quorumark.workload.distribution.SequentialSampler;
import io.quorumark.workload.distribution.ZipfianSampler;
import io.quorumark.workload.spec.InvalidValue;
import java.util.Objects;
import org.apache.commons.rng.UniformRandomProvider;
import org.jspecify.annotations.Nullable;

/**
 * Which records a workload touches, and how often.
 *
 * @param distribution shape
 * @param theta skew of the zipfian distributions and of {@code latest}, greater than 0 and less than 2; default 0.99, as YCSB has it
 * @param hotRecords share of the records that {@code hotspot} calls hot, between 0 and 1; default 0.2
 * @param hotOperations share of the operations that go to them, 0 to 1; default 0.8
 */
public record KeySpec(
        Distribution distribution,
        @Nullable Double theta,
        @Nullable Double hotRecords,
        @Nullable Double hotOperations) {

    /** A shape of access. */
    public enum Distribution {
        /** Each record in turn, again and again. */
        @JsonProperty("sequential")
        SEQUENTIAL,
        /** All alike. */
        @JsonProperty("uniform")
        UNIFORM,
        /** Record i with a probability proportional to 1 / (i + 1)^theta. */
        @JsonProperty("zipfian")
        ZIPFIAN,
        /** Zipfian over ten thousand million items, spread over the records by YCSB's FNV hash: hot records lie anywhere. */
        @JsonProperty("scrambled-zipfian")
        SCRAMBLED_ZIPFIAN,
        /** Zipfian from the record that was inserted last backwards. */
        @JsonProperty("latest")
        LATEST,
        /** A hot set and a cold one, each uniform. */
        @JsonProperty("hotspot")
        HOTSPOT
    }

    public KeySpec {
        boolean zipfian = distribution == Distribution.ZIPFIAN
                || distribution == Distribution.SCRAMBLED_ZIPFIAN
                || distribution == Distribution.LATEST;
        boolean hotspot = distribution == Distribution.HOTSPOT;
        if (theta != null && !zipfian) {
            throw new InvalidValue("theta", theta, "no such key with this distribution; remove it");
        }
        if (theta != null && !(theta > 0 && theta < 2)) {
            throw new InvalidValue("theta", theta, "more than 0 and less than 2");
        }
        if (hotRecords != null && !hotspot) {
            throw new InvalidValue("hotRecords", hotRecords, "no such key with this distribution; remove it");
        }
        if (hotRecords != null && !(hotRecords > 0 && hotRecords < 1)) {
            throw new InvalidValue("hotRecords", hotRecords, "more than 0 and less than 1");
        }
        if (hotOperations != null && !hotspot) {
            throw new InvalidValue("hotOperations", hotOperations, "no such key with this distribution; remove it");
        }
        if (hotOperations != null && !(hotOperations >= 0 && hotOperations <= 1)) {
            throw new InvalidValue("hotOperations", hotOperations, "0 to 1");
        }
        theta = zipfian && theta == null ? Double.valueOf(0.99) : theta;
        hotRecords = hotspot && hotRecords == null ? Double.valueOf(0.2) : hotRecords;
        hotOperations = hotspot && hotOperations == null ? Double.valueOf(0.8) : hotOperations;
    }

    /**
     * Opens what draws records.
     *
     * @param records how many there are at first
     * @param growing whether records are inserted later, which are then drawn too
     */
    public KeySampler openSampler(long records, boolean growing, UniformRandomProvider random) {
        return switch (distribution) {
            case SEQUENTIAL -> new SequentialSampler();
            case UNIFORM -> random::nextLong;
            case ZIPFIAN -> new ZipfianSampler(records, Objects.requireNonNull(theta), random);
            case SCRAMBLED_ZIPFIAN ->
                growing
                        ? ScrambledZipfianSampler.growing(records, Objects.requireNonNull(theta), random)
                        : new ScrambledZipfianSampler(records, Objects.requireNonNull(theta), random);
            case LATEST -> new LatestSampler(records, Objects.requireNonNull(theta), random);
            case HOTSPOT ->
                new HotspotSampler(
                        records, Objects.requireNonNull(hotRecords), Objects.requireNonNull(hotOperations), random);
        };
    }
}

package io.quorumark.report.adr;

import io.quorumark.results.metric.Metric;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How much each decision driver counts; a driver that is not named weighs nothing.
 *
 * @param byDriver at least zero each, with a sum above zero
 * @param source the file's name, or {@code defaults}: stands in the document
 */
public record AdrWeights(Map<AdrDriver, Double> byDriver, String source) {

    public AdrWeights {
        Map<AdrDriver, Double> weights = new LinkedHashMap<>();
        weights.putAll(byDriver);
        double sum = 0;
        for (Map.Entry<AdrDriver, Double> weight : weights.entrySet()) {
            if (!(weight.getValue() >= 0) || weight.getValue().isInfinite()) {
                throw new IllegalArgumentException(
                        "weight of '" + weight.getKey().key() + "' is " + weight.getValue() + ", expected 0 or more");
            }
            sum += weight.getValue();
        }
        if (!(sum > 0)) {
            throw new IllegalArgumentException("the weights sum to " + sum + ", expected more than 0");
        }
        byDriver = Collections.unmodifiableMap(weights);
    }

    /** What counts if nobody said otherwise: speed and safety before thrift. */
    public static AdrWeights defaults() {
        return new AdrWeights(
                Map.of(
                        AdrDriver.of(Metric.THROUGHPUT),
                        3.0,
                        AdrDriver.of(Metric.P99),
                        3.0,
                        AdrDriver.CRASH_SAFETY,
                        3.0,
                        AdrDriver.of(Metric.CPU),
                        2.0,
                        AdrDriver.of(Metric.WRITES),
                        1.0,
                        AdrDriver.of(Metric.DISK),
                        1.0),
                "defaults");
    }

    /** The weight of this driver; 0 if the file does not name it. */
    public double of(AdrDriver driver) {
        return byDriver.getOrDefault(driver, 0.0);
    }
}

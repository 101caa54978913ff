package io.quorumark.results.decision;

import io.quorumark.results.decision.ValueFunction.Linear;
import io.quorumark.results.metric.Metric;

/**
 * What counts in a decision, and how much.
 *
 * @param metric a judged one
 * @param weight from {@link #LEAST_WEIGHT} to {@link #MOST_WEIGHT}; only its share of all weights matters
 * @param value how figures become values
 */
public record Criterion(Metric metric, double weight, ValueFunction value) {
    /** A criterion that weighs less beside others is none. */
    public static final double LEAST_WEIGHT = 1e-6;

    public static final double MOST_WEIGHT = 1e6;

    public Criterion {
        if (!(weight >= LEAST_WEIGHT && weight <= MOST_WEIGHT)) {
            throw new IllegalArgumentException(
                    "the weight of " + metric.id() + " is " + weight + ", expected 0.000001 to 1000000");
        }
        if (!metric.isJudged()) {
            throw new IllegalArgumentException(metric.id() + " describes a cell, and no value of it is better");
        }
        if (value instanceof Linear linear && (linear.best() > linear.worst()) != metric.moreIsBetter()) {
            throw new IllegalArgumentException("of " + metric.id() + " " + (metric.moreIsBetter() ? "more" : "less")
                    + " is better, and its best figure " + linear.best() + " is on the wrong side of its worst "
                    + linear.worst());
        }
    }
}

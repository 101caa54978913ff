package io.quorumark.results.decision;

import io.quorumark.results.decision.ValueFunction.Linear;
import io.quorumark.results.metric.Metric;

/**
 * What counts in a decision, and how much.
 *
 * @param metric a judged one
 * @param weight above 0; only its share of all weights matters
 * @param value how figures become values
 */
public record Criterion(Metric metric, double weight, ValueFunction value) {
    public Criterion {
        if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "the weight of " + metric.id() + " is " + weight + ", expected a number above 0");
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

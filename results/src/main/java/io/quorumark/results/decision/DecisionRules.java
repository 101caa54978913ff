package io.quorumark.results.decision;

import io.quorumark.results.decision.ValueFunction.Relative;
import io.quorumark.results.metric.Metric;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the reader set before the figures were looked at. A metric that is no criterion weighs nothing.
 *
 * @param criteria at least one, each metric once
 * @param limits beyond which an option is excluded, in the metric's unit: the least if more is better, the most if less is
 * @param factLimits what its engine must be, whatever its figures
 * @param role what the engine is asked to hold
 * @param concentration from {@link #LEAST_CONCENTRATION} to {@link #MOST_CONCENTRATION}, of the Dirichlet distribution around the
 * weights: a share w is then uncertain by the square root of w(1 − w)/(concentration + 1)
 * @param source where all this comes from
 */
public record DecisionRules(
        List<Criterion> criteria,
        Map<Metric, Double> limits,
        FactLimits factLimits,
        Role role,
        double concentration,
        RulesSource source) {
    /** A share of a quarter is uncertain by 8 percentage points. */
    public static final double DEFAULT_CONCENTRATION = 30;

    /** With less, one weight after the other has all of it, and shares are too small for a double. */
    public static final double LEAST_CONCENTRATION = 0.01;

    /** With more, the weights are certain. */
    public static final double MOST_CONCENTRATION = 1e6;

    public DecisionRules {
        criteria = List.copyOf(criteria);
        Map<Metric, Double> copy = new EnumMap<>(Metric.class);
        copy.putAll(limits);
        limits = Collections.unmodifiableMap(copy);
        if (criteria.isEmpty()) {
            throw new IllegalArgumentException("there is no criterion, expected at least one");
        }
        Set<Metric> seen = new HashSet<>();
        for (Criterion criterion : criteria) {
            if (!seen.add(criterion.metric())) {
                throw new IllegalArgumentException(criterion.metric().id() + " is a criterion twice");
            }
        }
        limits.forEach((metric, limit) -> {
            if (!(limit > 0 && limit < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "the limit of " + metric.id() + " is " + limit + ", expected a number above 0");
            }
        });
        if (!(concentration >= LEAST_CONCENTRATION && concentration <= MOST_CONCENTRATION)) {
            throw new IllegalArgumentException("concentration is " + concentration + ", expected 0.01 to 1000000");
        }
    }

    /** Without limits on facts. */
    public DecisionRules(
            List<Criterion> criteria, Map<Metric, Double> limits, Role role, double concentration, RulesSource source) {
        this(criteria, limits, FactLimits.NONE, role, concentration, source);
    }

    /** The same from elsewhere. */
    public DecisionRules from(RulesSource other) {
        return new DecisionRules(criteria, limits, factLimits, role, concentration, other);
    }

    /** Speed before thrift; no limits. */
    public static DecisionRules defaults() {
        return new DecisionRules(
                List.of(
                        new Criterion(Metric.THROUGHPUT, 3, new Relative()),
                        new Criterion(Metric.P99, 3, new Relative()),
                        new Criterion(Metric.CPU, 2, new Relative()),
                        new Criterion(Metric.WRITES, 1, new Relative()),
                        new Criterion(Metric.DISK, 1, new Relative())),
                Map.of(),
                Role.LOG_AND_STATE,
                DEFAULT_CONCENTRATION,
                RulesSource.DEFAULTS);
    }
}

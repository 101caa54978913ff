package io.quorumark.campaign.plan;

import io.quorumark.workload.driver.Load;
import io.quorumark.workload.spec.InvalidValue;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a plan's values must satisfy. A missing value satisfies everything: a profile fills it in. */
final class Checks {
    private Checks() {}

    static void range(String key, @Nullable Number value, double min, double max) {
        if (value == null) {
            return;
        }
        double number = value.doubleValue();
        if (!(number >= min && number <= max)) {
            throw new InvalidValue(key, value, "a number from " + plain(min) + " to " + plain(max));
        }
    }

    /** What an open loop takes, or 0 for none. */
    static void rate(String key, @Nullable Double value) {
        double least = Load.OpenLoop.LEAST_OPS_PER_SECOND;
        double most = Load.OpenLoop.MOST_OPS_PER_SECOND;
        if (value != null && value != 0 && !(value >= least && value <= most)) {
            throw new InvalidValue(key, value, "0 or a number from " + plain(least) + " to " + plain(most));
        }
    }

    static void notNegative(String key, @Nullable Long value) {
        if (value != null && value < 0) {
            throw new InvalidValue(key, value, "a number from 0 on");
        }
    }

    static void oneOf(String key, @Nullable String value, String... allowed) {
        if (value != null && !Arrays.asList(allowed).contains(value)) {
            throw new InvalidValue(key, "'" + value + "'", "one of " + Arrays.toString(allowed));
        }
    }

    static void notEmpty(String key, @Nullable List<String> values) {
        if (values != null && values.isEmpty()) {
            throw new InvalidValue(key, "empty", "at least one");
        }
    }

    static void noRepeats(String key, @Nullable List<String> values) {
        if (values == null) {
            return;
        }
        Set<String> seen = new HashSet<>();
        for (String value : values) {
            if (!seen.add(value)) {
                throw new InvalidValue(key, values, "each once, and not '" + value + "' twice");
            }
        }
    }

    private static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }
}

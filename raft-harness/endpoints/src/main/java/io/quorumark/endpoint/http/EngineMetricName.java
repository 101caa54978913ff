package io.quorumark.endpoint.http;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How one statistic of an engine ({@link io.quorumark.engine.EngineStats}) is called and scaled as a metric, by Prometheus's conventions:
 * words joined by underscores, the base unit last, no unit for a number of things. Counters have {@code _total} behind it, which the
 * format adds.
 *
 * @param base without {@code _total}
 * @param perBaseUnit how many of the statistic's units one base unit has
 */
record EngineMetricName(String base, double perBaseUnit) {
    static final String PREFIX = "quorumark_engine_";

    private static final Pattern NOT_ALLOWED = Pattern.compile("[^a-z0-9]+");

    /**
     * A unit of the statistics.
     *
     * @param ownEnding how names of statistics in this unit may end, which the base unit replaces
     * @param base the unit of the metric; empty for a number of things
     */
    private record Unit(String ownEnding, String base, double perBaseUnit) {}

    private static final Map<String, Unit> UNITS = Map.of(
            "bytes", new Unit("\\.bytes", "bytes", 1),
            "nanoseconds", new Unit("\\.nanos", "seconds", 1e9),
            "ratio", new Unit("\\.(rate|ratio)", "ratio", 1),
            "count", new Unit("\\.count", "", 1));

    /** A unit that is not known here is kept as it is: the figure is shown, and its name says what it is in. */
    static EngineMetricName of(String statistic, String unitName) {
        Unit unit = UNITS.getOrDefault(unitName, new Unit("\\." + Pattern.quote(unitName), unitName, 1));
        String stem = statistic.replaceFirst(unit.ownEnding + "$", "");
        String words = unit.base.isEmpty() ? stem : stem + "." + unit.base;
        return new EngineMetricName(
                PREFIX + NOT_ALLOWED.matcher(words.toLowerCase(Locale.ROOT)).replaceAll("_"), unit.perBaseUnit);
    }

    double inBaseUnit(double value) {
        return value / perBaseUnit;
    }
}

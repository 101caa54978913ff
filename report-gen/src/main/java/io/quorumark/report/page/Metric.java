package io.quorumark.report.page;

import io.quorumark.report.text.Figures;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;

/** What the tables show of every engine. */
public enum Metric {
    THROUGHPUT("Throughput", "ops/s", true, Figures::rate),
    P50("p50", "response time", false, Figures::micros),
    P99("p99", "response time", false, Figures::micros),
    P999("p99.9", "response time", false, Figures::micros),
    CPU("CPU/op", "all threads", false, Figures::nanos),
    WRITTEN("Written/op", "to the block layer", false, Figures::bytes),
    DISK("Disk", "all members", false, Figures::bytes),
    DATA_OVER_MEMORY("Data/memory", "budget, or limit", true, Figures::ratio);

    private final String title;
    private final String unit;
    private final boolean moreIsBetter;

    @SuppressWarnings("ImmutableEnumChecker") // always a reference to a static method
    private final DoubleFunction<String> format;

    Metric(String title, String unit, boolean moreIsBetter, DoubleFunction<String> format) {
        this.title = title;
        this.unit = unit;
        this.moreIsBetter = moreIsBetter;
        this.format = format;
    }

    /** Those with a column of their own in the web page: data over memory stands below the engine's name instead. */
    static List<Metric> columns() {
        return Arrays.stream(values())
                .filter(metric -> metric != DATA_OVER_MEMORY)
                .toList();
    }

    public String title() {
        return title;
    }

    public String unit() {
        return unit;
    }

    public boolean moreIsBetter() {
        return moreIsBetter;
    }

    /** This value with its unit. */
    public String text(double value) {
        return format.apply(value);
    }
}

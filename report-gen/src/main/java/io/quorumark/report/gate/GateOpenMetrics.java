package io.quorumark.report.gate;

import io.quorumark.report.text.Figures;
import io.quorumark.results.cell.MetricComparison;
import io.quorumark.results.gate.GateResult;
import io.quorumark.results.gate.GateResult.GateCell;
import io.quorumark.results.metric.Metric;
import io.quorumark.results.model.Cell;
import io.quorumark.results.stats.Interval;
import io.quorumark.results.stats.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.ToDoubleFunction;

/**
 * A gate as OpenMetrics text, version 1.0.0, for a Pushgateway or a node exporter's textfile collector. Base units: operations per second,
 * seconds, bytes. Every judged metric of the catalogue is a family; ratios and verdicts of all of them have the label {@code metric}. What
 * belongs to the metric that passes or fails its cell has {@code decides="true"}. Each interval is three samples that differ in the label
 * {@code bound}; a verdict is a state set.
 */
public final class GateOpenMetrics {
    private static final double MICROS_PER_SECOND = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    private final GateResult gate;
    private final StringBuilder text = new StringBuilder();

    private GateOpenMetrics(GateResult gate) {
        this.gate = gate;
    }

    /** The whole exposition, ended by {@code # EOF}. The same result gives the same text. */
    public static String render(GateResult gate) {
        GateOpenMetrics document = new GateOpenMetrics(gate);
        document.append();
        return document.text.append("# EOF\n").toString();
    }

    private void append() {
        family("quorumark_gate_passed", "gauge", "", "Whether the gate lets the head campaign pass: 1 or 0.");
        sample("quorumark_gate_passed", campaigns(), gate.passed() ? 1 : 0);
        family("quorumark_gate_exit_code", "gauge", "", "What the command ends with.");
        sample("quorumark_gate_exit_code", campaigns(), gate.exitCode().code());
        if (!gate.notMeasured().isEmpty()) {
            family("quorumark_not_measured", "gauge", "", "A planned cell of the head of which no trial counts: 1.");
            gate.notMeasured().forEach(unmeasured -> sample("quorumark_not_measured", labels(unmeasured.cell()), 1));
        }
        if (gate.cells().isEmpty()) {
            return;
        }
        Metric.judged().forEach(this::levels);
        family(
                "quorumark_head_to_base_ratio",
                "gauge",
                "ratio",
                "How many times as good the head is by the metric; below 1 is worse.");
        forEachMetric((labels, compared) -> interval(
                "quorumark_head_to_base_ratio", labels, compared.ratio().ratio(), 1));
        family(
                "quorumark_head_to_base_confidence_ratio",
                "gauge",
                "ratio",
                "Confidence that the interval of the ratio attains.");
        forEachMetric((labels, compared) -> sample(
                "quorumark_head_to_base_confidence_ratio",
                labels,
                compared.ratio().ratio().confidence()));
        family("quorumark_head_to_base_blocks", "gauge", "blocks", "Pairs of trials behind the ratio.");
        forEachMetric((labels, compared) ->
                sample("quorumark_head_to_base_blocks", labels, compared.ratio().blocks()));
        forEachCell(
                "quorumark_equivalence_band_ratio",
                "ratio",
                "Relative difference that counts as none.",
                cell -> cell.band().planned());
        forEachCell(
                "quorumark_waived",
                "",
                "Whether a waiver lets the cell's regression pass: 1 or 0.",
                cell -> cell.waiver().isPresent() ? 1 : 0);
        family("quorumark_verdict", "stateset", "", "What the gate says of the cell by the metric.");
        forEachMetric(this::verdict);
    }

    private void levels(Metric metric) {
        String unit = unit(metric);
        double scale = scale(metric);
        String name = "quorumark_" + noun(metric) + "_" + unit;
        List<GateCell> cells = gate.cells().stream()
                .filter(cell -> cell.by(metric).isPresent())
                .toList();
        if (cells.isEmpty()) {
            return;
        }
        family(name, "gauge", unit, "The " + metric.words() + " of both campaigns.");
        for (GateCell cell : cells) {
            MetricComparison compared = cell.by(metric).orElseThrow();
            String labels = labels(cell.cell()) + "," + decides(cell, metric);
            interval(name, labels + ",campaign=\"base\"", compared.reference(), scale);
            interval(name, labels + ",campaign=\"head\"", compared.value(), scale);
        }
    }

    /** Base units: seconds, bytes, operations per second. */
    private static String unit(Metric metric) {
        return switch (metric.unit()) {
            case OPERATIONS_PER_SECOND -> "ops_per_second";
            case MICROS, NANOS, SECONDS -> "seconds";
            case BYTES -> "bytes";
            case RATIO -> "ratio";
        };
    }

    private static double scale(Metric metric) {
        return switch (metric.unit()) {
            case MICROS -> 1 / MICROS_PER_SECOND;
            case NANOS -> 1 / NANOS_PER_SECOND;
            case OPERATIONS_PER_SECOND, SECONDS, BYTES, RATIO -> 1;
        };
    }

    /** {@code settled_rate}, {@code response_time_p99}. */
    private static String noun(Metric metric) {
        String words = metric.id().replaceAll("[^a-z0-9]", "_");
        return metric.unit() == Metric.Unit.MICROS ? "response_time_" + words : words;
    }

    private void forEachCell(String name, String unit, String help, ToDoubleFunction<GateCell> value) {
        family(name, "gauge", unit, help);
        gate.cells().forEach(cell -> sample(name, labels(cell.cell()), value.applyAsDouble(cell)));
    }

    /** @param writer is given labels and metric */
    private void forEachMetric(BiConsumer<String, MetricComparison> writer) {
        for (GateCell cell : gate.cells()) {
            for (MetricComparison compared : cell.metrics()) {
                Metric metric = compared.metric();
                writer.accept(
                        labels(cell.cell()) + "," + label("metric", metric.id()) + "," + decides(cell, metric),
                        compared);
            }
        }
    }

    private void verdict(String labels, MetricComparison compared) {
        for (Verdict state : Verdict.values()) {
            sample(
                    "quorumark_verdict",
                    labels + "," + label("quorumark_verdict", state.name().toLowerCase(Locale.ROOT)),
                    compared.verdict() == state ? 1 : 0);
        }
    }

    private void interval(String name, String labels, Interval value, double scale) {
        sample(name, labels + ",bound=\"estimate\"", value.estimate() * scale);
        sample(name, labels + ",bound=\"low\"", value.low() * scale);
        sample(name, labels + ",bound=\"high\"", value.high() * scale);
    }

    private void family(String name, String type, String unit, String help) {
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
        if (!unit.isEmpty()) {
            text.append("# UNIT ").append(name).append(' ').append(unit).append('\n');
        }
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    }

    private void sample(String name, String labels, double value) {
        text.append(name)
                .append('{')
                .append(labels)
                .append("} ")
                .append(Figures.plain(value))
                .append('\n');
    }

    private String campaigns() {
        return label("base", gate.baseCampaignId()) + "," + label("head", gate.headCampaignId());
    }

    private static String decides(GateCell cell, Metric metric) {
        return label("decides", String.valueOf(cell.isJudgedBy(metric)));
    }

    private static String labels(Cell cell) {
        return String.join(
                ",",
                label("cell", cell.id()),
                label("engine", cell.engine()),
                label("engine_version", cell.engineVersion()),
                label("workload", cell.workload()));
    }

    private static String label(String name, String value) {
        return name + "=\"" + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }
}

package io.quorumark.report.gate;

import io.quorumark.report.text.Figures;
import io.quorumark.results.gate.GateResult;
import io.quorumark.results.gate.GateResult.GateCell;
import io.quorumark.results.metric.Metric;
import io.quorumark.results.model.Cell;
import io.quorumark.results.stats.Interval;
import io.quorumark.results.stats.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * A gate as OpenMetrics text, version 1.0.0, for a Pushgateway or a node exporter's textfile collector. Base units: operations per second,
 * seconds. Each interval is three samples that differ in the label {@code bound}; a verdict is a state set.
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
                "How many times as good the head is by the cell's figure; below 1 is worse.");
        gate.cells()
                .forEach(cell -> interval(
                        "quorumark_head_to_base_ratio",
                        labels(cell) + ",figure=\"" + cell.judgedBy().id() + "\"",
                        cell.primary().ratio(),
                        1));
        each(
                "quorumark_head_to_base_confidence_ratio",
                "ratio",
                "Confidence that the interval of the ratio attains.",
                cell -> cell.primary().ratio().confidence());
        each(
                "quorumark_head_to_base_blocks",
                "blocks",
                "Pairs of trials behind the ratio.",
                cell -> cell.primary().blocks());
        each(
                "quorumark_equivalence_band_ratio",
                "ratio",
                "Relative difference that counts as none.",
                cell -> cell.band().planned());
        each(
                "quorumark_waived",
                "",
                "Whether a waiver lets the cell's regression pass: 1 or 0.",
                cell -> cell.waiver().isPresent() ? 1 : 0);
        family("quorumark_verdict", "stateset", "", "What the gate says of the cell.");
        gate.cells().forEach(this::verdict);
    }

    private void levels(Metric figure) {
        String unit = unit(figure);
        double scale = scale(figure);
        String name = "quorumark_" + (figure == Metric.THROUGHPUT ? "" : noun(figure) + "_")
                + (figure.unit() == Metric.Unit.OPERATIONS_PER_SECOND ? "throughput_" : "") + unit;
        List<GateCell> cells =
                gate.cells().stream().filter(cell -> cell.judgedBy() == figure).toList();
        if (cells.isEmpty()) {
            return;
        }
        family(name, "gauge", unit, "The " + figure.words() + " of cells that are judged by it, of both campaigns.");
        for (GateCell cell : cells) {
            interval(name, labels(cell) + ",campaign=\"base\"", cell.base(), scale);
            interval(name, labels(cell) + ",campaign=\"head\"", cell.head(), scale);
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

    /** {@code response_time_p99}. */
    private static String noun(Metric metric) {
        String words = metric.id().replaceAll("[^a-z0-9]", "_");
        return metric.unit() == Metric.Unit.MICROS ? "response_time_" + words : words;
    }

    private void each(String name, String unit, String help, ToDoubleFunction<GateCell> value) {
        family(name, "gauge", unit, help);
        gate.cells().forEach(cell -> sample(name, labels(cell), value.applyAsDouble(cell)));
    }

    private void verdict(GateCell cell) {
        for (Verdict state : Verdict.values()) {
            sample(
                    "quorumark_verdict",
                    labels(cell) + ",quorumark_verdict=\"" + state.name().toLowerCase(Locale.ROOT) + "\"",
                    cell.verdict() == state ? 1 : 0);
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

    private static String labels(GateCell cell) {
        return labels(cell.cell());
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

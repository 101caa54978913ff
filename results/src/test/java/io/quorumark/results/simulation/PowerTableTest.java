package io.quorumark.results.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.results.simulation.CampaignSimulation.Order;
import io.quorumark.results.stats.BlockedRatio;
import io.quorumark.results.stats.EquivalenceBand;
import io.quorumark.results.stats.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What a campaign can find, by simulation: the table in {@code docs/statistics.md}.
 * {@code mvn -Plong -pl results test -Dtest=PowerTableTest} writes it anew; the ordinary build computes one of its rows, so that it cannot
 * go stale unnoticed.
 */
class PowerTableTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "statistics.md");
    private static final String BEGIN = "<!-- power table: begin -->\n";
    private static final String END = "<!-- power table: end -->\n";

    private static final int CAMPAIGNS = 1_000;
    private static final double CONFIDENCE = 0.95;
    private static final EquivalenceBand BAND = EquivalenceBand.planned(0.05);
    private static final List<Integer> PERCENTS = List.of(0, 1, 2, 3, 5, 10);
    private static final int[] BLOCKS = {6, 10, 15, 20};
    private static final double[] NOISE = {0.01, 0.03, 0.1};

    @Test
    @Tag("long")
    void the_table_is_written() throws IOException {
        String text = Files.readString(DOCUMENT);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        int end = text.indexOf(END);
        assertThat(begin).isBetween(BEGIN.length(), end);
        StringBuilder table = new StringBuilder("| noise of a trial | blocks | MDE | no effect |");
        PERCENTS.stream()
                .skip(1)
                .forEach(percent -> table.append(" ").append(percent).append(" % |"));
        table.append("\n|---|---|---|---|")
                .append("---|".repeat(PERCENTS.size() - 1))
                .append('\n');
        for (double noise : NOISE) {
            for (int blocks : BLOCKS) {
                table.append(row(noise, blocks)).append('\n');
            }
        }
        Files.writeString(DOCUMENT, text.substring(0, begin) + "\n" + table + "\n" + text.substring(end));
    }

    @Test
    void the_table_in_the_document_has_a_row_that_is_computed_here() throws IOException {
        assertThat(Files.readString(DOCUMENT)).contains(row(0.03, 10) + "\n");
    }

    private static String row(double noise, int blocks) {
        String powers = PERCENTS.stream()
                .map(percent -> power(noise, blocks, Math.log1p(percent / 100.0)))
                .collect(Collectors.joining(" | "));
        return String.format(
                Locale.ROOT, "| %.0f %% | %d | %.1f %% | %s |", 100 * noise, blocks, detectable(noise, blocks), powers);
    }

    /** Detected / called better / called equivalent. */
    private static String power(double noise, int blocks, double effect) {
        long[] found = IntStream.range(0, CAMPAIGNS)
                .parallel()
                .mapToObj(seed -> {
                    BlockedRatio ratio = ratio(noise, blocks, effect, seed);
                    Verdict verdict = Verdict.of(ratio.ratio(), BAND, CONFIDENCE, ratio.pValue());
                    return new long[] {
                        ratio.pValue() <= 1 - CONFIDENCE ? 1 : 0,
                        verdict == Verdict.BETTER ? 1 : 0,
                        verdict == Verdict.EQUIVALENT ? 1 : 0
                    };
                })
                .reduce(new long[3], (a, b) -> new long[] {a[0] + b[0], a[1] + b[1], a[2] + b[2]});
        return String.format(
                Locale.ROOT,
                "%.0f / %.0f / %.0f",
                100.0 * found[0] / CAMPAIGNS,
                100.0 * found[1] / CAMPAIGNS,
                100.0 * found[2] / CAMPAIGNS);
    }

    /** Median over campaigns, in percent. */
    private static double detectable(double noise, int blocks) {
        double[] sorted = IntStream.range(0, CAMPAIGNS)
                .mapToDouble(seed -> 100
                        * ratio(noise, blocks, 0, seed)
                                .detectable()
                                .orElseThrow()
                                .relative())
                .sorted()
                .toArray();
        return sorted[sorted.length / 2];
    }

    private static BlockedRatio ratio(double noise, int blocks, double effect, int seed) {
        return CampaignSimulation.run(
                        new double[] {0, effect},
                        blocks,
                        0,
                        MachineNoise.busy(noise),
                        Order.BLOCKED,
                        31L * seed + blocks)
                .ratio(1, CONFIDENCE, seed);
    }
}

package io.quorumark.report.page;

import io.quorumark.report.text.Figures;
import io.quorumark.report.text.SensitivityText;
import io.quorumark.results.decision.Assessment;
import io.quorumark.results.decision.Assessment.Rank;
import io.quorumark.results.decision.Decision;
import io.quorumark.results.decision.DecisionRules;
import io.quorumark.results.decision.Label;
import io.quorumark.results.decision.RankOne;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Who is in front by the weights that a record without weights file has, and by others. The names are the template's.
 *
 * @param hasTable whether anybody may be named: no gate and no missing figure leaves the question open
 * @param setting what was asked, and what is said of who leads
 * @param head of the columns
 * @param rows as text
 */
public record Weightings(boolean hasTable, String setting, List<String> head, List<List<String>> rows) {
    private static final List<String> HEAD = List.of("Weights", "In front");

    public Weightings {
        head = List.copyOf(head);
        rows = rows.stream().map(List::copyOf).toList();
    }

    /** For pages. */
    public List<List<LabelledText>> labelledRows() {
        return LabelledText.rows(head, rows);
    }

    static Weightings of(ReportContent content) {
        if (content.isFlawed() || !content.campaign().design().supportsVerdicts()) {
            return new Weightings(false, "", List.of(), List.of());
        }
        return of(content.decisions().by(DecisionRules.defaults()));
    }

    private static Weightings of(Decision decision) {
        if (decision.label() == Label.OPEN) {
            return new Weightings(false, "", List.of(), List.of());
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(stated(decision) + ", blocks drawn anew", first(decision, RankOne::byMeasurement)));
        rows.add(List.of("drawn around these, blocks as well", first(decision, RankOne::byBoth)));
        rows.add(List.of("any", first(decision, RankOne::byAnyWeights)));
        decision.sensitivity()
                .flips()
                .forEach(flip -> rows.add(List.of(
                        SensitivityText.condition(flip), flip.overtaker().name())));
        decision.sensitivity()
                .changes()
                .forEach(change -> rows.add(List.of(
                        SensitivityText.condition(change), change.newLeader().name())));
        return new Weightings(
                true,
                "By the weights of a record without weights file, of an engine for "
                        + decision.rules().role().words() + ", without limits. " + SensitivityText.outcome(decision)
                        + " A record by weights of your own says who leads by those.",
                HEAD,
                rows);
    }

    /** {@code throughput 30.0 %, p99 30.0 %}: those that any option has a figure of. */
    private static String stated(Decision decision) {
        return IntStream.range(0, decision.shares().size())
                .filter(criterion -> decision.shares().get(criterion) > 0)
                .mapToObj(criterion ->
                        decision.rules().criteria().get(criterion).metric().id() + " "
                                + Figures.percent(decision.shares().get(criterion)))
                .collect(Collectors.joining(", "));
    }

    /** {@code LMDB in 98.2 %, RocksDB in 1.8 % of draws}, the most frequent first; who is never first is left out. */
    private static String first(Decision decision, ToDoubleFunction<RankOne> share) {
        List<Assessment> ranked = decision.options().stream()
                .filter(option -> shareOf(option, share) > 0)
                .sorted(Comparator.comparingDouble((Assessment option) -> shareOf(option, share))
                        .reversed())
                .toList();
        return ranked.stream()
                .map(option -> option.option().name() + " in " + Figures.percent(shareOf(option, share)))
                .collect(Collectors.joining(", ", "", " of draws"));
    }

    private static double shareOf(Assessment option, ToDoubleFunction<RankOne> share) {
        return option.rank().map(Rank::first).map(share::applyAsDouble).orElse(0.0);
    }
}

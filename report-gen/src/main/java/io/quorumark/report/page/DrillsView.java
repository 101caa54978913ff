package io.quorumark.report.page;

import io.quorumark.report.text.Figures;
import io.quorumark.results.drill.DrillEvidence;
import io.quorumark.results.drill.DrillFinding;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Cell;
import io.quorumark.results.text.Plural;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How long groups took when members failed, joined and left: a line for each drill, a column for each engine. The names are the template's.
 *
 * @param hasTable whether drills were held
 * @param setting of the drills
 * @param head of the columns
 * @param rows as text
 * @param problems what should not have happened
 */
public record DrillsView(
        boolean hasTable, String setting, List<String> head, List<List<String>> rows, List<String> problems) {
    public DrillsView {
        head = List.copyOf(head);
        rows = rows.stream().map(List::copyOf).toList();
        problems = List.copyOf(problems);
    }

    /** For pages. */
    public List<List<LabelledText>> labelledRows() {
        return LabelledText.rows(head, rows);
    }

    static DrillsView of(Campaign campaign, Optional<DrillEvidence> held) {
        if (held.isEmpty() || held.get().findings().isEmpty()) {
            return new DrillsView(false, "", List.of(), List.of(), List.of());
        }
        List<DrillFinding> findings = held.get().findings();
        List<String> engines =
                findings.stream().map(DrillFinding::engine).distinct().toList();
        List<String> head = new ArrayList<>(List.of("What was timed"));
        engines.forEach(engine -> head.add(label(campaign, engine)));
        List<List<String>> rows = new ArrayList<>();
        held.get().byDrill().values().forEach(ofDrill -> rows.add(row(engines, ofDrill)));
        return new DrillsView(true, setting(findings.get(0)), head, rows, problems(campaign, findings));
    }

    private static String label(Campaign campaign, String engine) {
        return campaign.cells().stream()
                .filter(cell -> cell.engine().equals(engine))
                .map(Cell::engineName)
                .findFirst()
                .orElse(engine);
    }

    private static List<String> row(List<String> engines, List<DrillFinding> ofDrill) {
        DrillFinding any = ofDrill.get(0);
        List<String> row = new ArrayList<>(List.of(any.drill() + ": " + any.question()));
        for (String engine : engines) {
            row.add(ofDrill.stream()
                    .filter(finding -> finding.engine().equals(engine))
                    .findFirst()
                    .map(DrillsView::text)
                    .orElse(Figures.ABSENT));
        }
        return row;
    }

    private static String text(DrillFinding finding) {
        String range =
                Figures.micros(1000 * finding.leastMillis()) + " to " + Figures.micros(1000 * finding.mostMillis());
        String failed = finding.failedWrites() > 0 ? ", " + Plural.of(finding.failedWrites(), "write") + " failed" : "";
        return Figures.micros(1000 * finding.medianMillis()) + " (" + range + ")" + failed;
    }

    private static String setting(DrillFinding finding) {
        return Plural.of(finding.members(), "member") + " in one process, log at " + finding.logDurability()
                + ", election timeout "
                + finding.electionTimeoutMillis() + " ms; median of "
                + Plural.of(finding.millis().size(), "round")
                + ", with the shortest and the longest. A leader is lost by cutting it off, which followers notice only by its"
                + " silence. A snapshot is sent whole.";
    }

    private static List<String> problems(Campaign campaign, List<DrillFinding> findings) {
        return findings.stream()
                .flatMap(finding -> finding.problems().stream()
                        .map(problem -> label(campaign, finding.engine()) + ", " + finding.drill() + ": " + problem))
                .toList();
    }
}

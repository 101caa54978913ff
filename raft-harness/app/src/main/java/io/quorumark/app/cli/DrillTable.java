package io.quorumark.app.cli;

import io.quorumark.results.drill.DrillEvidence;
import io.quorumark.results.drill.DrillFinding;
import io.quorumark.results.text.Plural;
import java.util.Locale;

/** Drills for a terminal: one block a drill, one line an engine. */
final class DrillTable {
    private DrillTable() {}

    static String of(DrillEvidence evidence) {
        StringBuilder table = new StringBuilder();
        evidence.byDrill().forEach((drill, findings) -> {
            table.append(String.format(
                    Locale.ROOT, "%n%s: %s%n", drill, findings.get(0).question()));
            findings.forEach(finding -> append(table, finding));
        });
        return table.toString();
    }

    private static void append(StringBuilder table, DrillFinding finding) {
        table.append(String.format(
                Locale.ROOT,
                "  %-10s %8.0f ms   (%.0f to %.0f in %s, %.2f election timeouts at most)%s%n",
                finding.engine(),
                finding.medianMillis(),
                finding.leastMillis(),
                finding.mostMillis(),
                Plural.of(finding.millis().size(), "round"),
                finding.mostMillis() / finding.electionTimeoutMillis(),
                finding.failedWrites() < 0 ? "" : "   " + Plural.of(finding.failedWrites(), "write") + " failed"));
        finding.problems()
                .forEach(problem -> table.append(String.format(Locale.ROOT, "             PROBLEM: %s%n", problem)));
    }
}

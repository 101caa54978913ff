package io.quorumark.report;

import io.quorumark.report.text.Figures;
import io.quorumark.report.text.MarkdownText;
import io.quorumark.report.text.MetricText;
import io.quorumark.results.history.HistoryChange;
import io.quorumark.results.history.HistoryEntry;
import io.quorumark.results.store.AtomicFiles;
import io.quorumark.results.text.Plural;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A history's change points as Markdown, the newest first: an alert for people, not a verdict. */
public final class HistoryMarkdown {
    private HistoryMarkdown() {}

    /** Replaces {@code file} in one step: it is whole or as it was; or writes to it, if it is a stream. */
    public static void write(List<HistoryChange> changes, Path file) throws IOException {
        AtomicFiles.writeOutput(file, render(changes));
    }

    /** Changes for the worse that no later change followed: what somebody should look at. */
    public static List<HistoryChange> alerts(List<HistoryChange> changes) {
        return changes.stream()
                .filter(change -> change.isLatest() && change.isForTheWorse())
                .toList();
    }

    /** The whole block. The same changes give the same text. */
    public static String render(List<HistoryChange> changes) {
        List<HistoryChange> alerts = alerts(changes);
        long cells = alerts.stream()
                .map(HistoryChange::first)
                .map(first -> first.hostFingerprint() + " " + first.seriesId())
                .distinct()
                .count();
        StringBuilder text = new StringBuilder("## ")
                .append(
                        alerts.isEmpty()
                                ? "No lasting change for the worse"
                                : "Alert: " + Plural.of(cells, "cell") + " became worse and stayed so")
                .append("\n\n");
        if (changes.isEmpty()) {
            return text.append("The history shows no change point.\n").toString();
        }
        text.append(
                        "Change points of the history (E-divisive, p ≤ 1 %). They date a change; they do not prove its cause.\n\n")
                .append(
                        "| First seen | Engine | Workload | Series | Host | Metric | Before | After | Ratio | p | Revisions | |\n")
                .append("|---|---|---|---|---|---|---|---|---|---|---|---|\n");
        changes.forEach(change -> text.append(row(change, alerts.contains(change))));
        return text.toString();
    }

    private static String row(HistoryChange change, boolean alert) {
        HistoryEntry first = change.first();
        return "| "
                + String.join(
                        " | ",
                        first.time().toString(),
                        MarkdownText.escape(first.engine() + " " + first.engineVersion()),
                        MarkdownText.escape(first.workload()),
                        MarkdownText.code(first.seriesId()),
                        MarkdownText.code(first.hostFingerprint()),
                        change.metric().words(),
                        MetricText.level(change.metric(), change.before()),
                        MetricText.level(change.metric(), change.after()),
                        Figures.ratio(change.ratio()),
                        Figures.fixed(change.pValue(), 3),
                        revision(change.last()) + " → " + revision(first),
                        alert ? "**worse**" : change.isForTheWorse() ? "worse, changed since" : "better")
                + " |\n";
    }

    private static String revision(HistoryEntry entry) {
        String revision = entry.gitRevision();
        return MarkdownText.code(
                revision.substring(0, Math.min(10, revision.length())) + (entry.gitDirty() ? "+" : ""));
    }
}

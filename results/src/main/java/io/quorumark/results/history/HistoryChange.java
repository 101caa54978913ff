package io.quorumark.results.history;

import io.quorumark.results.stats.EDivisive;
import io.quorumark.results.stats.EDivisive.ChangePoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * When a figure changed: a change point of one cell on one host.
 *
 * @param first measured after the change
 * @param last measured before it
 * @param before median of the figure up to it
 * @param after median from then on
 * @param pValue of the cut
 * @param leastMagnitude relative change below which none would have been reported
 * @param isLatest whether no later change follows in this cell on this host
 */
public record HistoryChange(
        HistoryEntry first,
        HistoryEntry last,
        double before,
        double after,
        double pValue,
        double leastMagnitude,
        boolean isLatest) {
    /** Of a change that matters, if no gate could say what it would have detected. */
    public static final double DEFAULT_LEAST_MAGNITUDE = 0.05;

    /** Daly et al. (ICPE 2020) alert at this level, too; each cell of each host is tested for itself. */
    private static final double SIGNIFICANCE = 0.01;

    private static final long SEED = 42;

    /** What the median became over what it was. */
    public double ratio() {
        return after / before;
    }

    /** Whether it became worse. */
    public boolean isForTheWorse() {
        return first.figure().moreIsBetter() ? after < before : after > before;
    }

    /**
     * The change points of all cells, each host for itself, the newest first. Too few entries give none: see
     * {@link EDivisive#LEAST_POINTS}.
     *
     * @param history in any order
     */
    public static List<HistoryChange> of(List<HistoryEntry> history) {
        Map<String, List<HistoryEntry>> series = new LinkedHashMap<>();
        history.stream()
                .sorted(Comparator.comparing(HistoryEntry::time).thenComparing(HistoryEntry::campaignId))
                .forEach(entry -> series.computeIfAbsent(
                                String.join(
                                        " ",
                                        entry.hostFingerprint(),
                                        entry.seriesId(),
                                        entry.figure().name()),
                                key -> new ArrayList<>())
                        .add(entry));
        List<HistoryChange> changes = new ArrayList<>();
        series.values().forEach(entries -> changes.addAll(changesOf(entries)));
        changes.sort(
                Comparator.comparing((HistoryChange change) -> change.first().time())
                        .reversed());
        return changes;
    }

    private static List<HistoryChange> changesOf(List<HistoryEntry> entries) {
        double leastMagnitude = leastMagnitude(entries);
        List<ChangePoint> points = new EDivisive(SIGNIFICANCE, leastMagnitude, SEED)
                .changePoints(entries.stream()
                        .mapToDouble(entry -> entry.value().estimate())
                        .toArray());
        List<HistoryChange> changes = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            ChangePoint point = points.get(i);
            changes.add(new HistoryChange(
                    entries.get(point.index()),
                    entries.get(point.index() - 1),
                    point.before(),
                    point.after(),
                    point.pValue(),
                    leastMagnitude,
                    i == points.size() - 1));
        }
        return changes;
    }

    /** The median of what the gates could have detected. */
    private static double leastMagnitude(List<HistoryEntry> entries) {
        double[] detectable = entries.stream()
                .map(HistoryEntry::detectableEffect)
                .filter(effect -> effect != null && effect > 0)
                .mapToDouble(effect -> effect)
                .sorted()
                .toArray();
        return detectable.length == 0 ? DEFAULT_LEAST_MAGNITUDE : detectable[detectable.length / 2];
    }
}

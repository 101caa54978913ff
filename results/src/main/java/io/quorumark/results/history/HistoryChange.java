package io.quorumark.results.history;

import io.quorumark.results.metric.Metric;
import io.quorumark.results.stats.EDivisive;
import io.quorumark.results.stats.EDivisive.ChangePoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * When a cell changed: a change point of one metric of one cell on one host.
 *
 * @param metric which
 * @param first measured after the change
 * @param last measured before it
 * @param before median of the metric up to it
 * @param after median from then on
 * @param pValue of the cut
 * @param leastMagnitude relative change below which none would have been reported
 * @param isLatest whether no later change follows in this cell on this host
 */
public record HistoryChange(
        Metric metric,
        HistoryEntry first,
        HistoryEntry last,
        double before,
        double after,
        double pValue,
        double leastMagnitude,
        boolean isLatest) {
    /** Of a change that matters, if no gate could say what it would have detected. */
    public static final double DEFAULT_LEAST_MAGNITUDE = 0.05;

    /** Daly et al. (ICPE 2020) alert at this level, too; each metric of each cell of each host is tested for itself. */
    private static final double SIGNIFICANCE = 0.01;

    private static final long SEED = 42;

    /** What the median became over what it was. */
    public double ratio() {
        return after / before;
    }

    /** Whether it became worse. */
    public boolean isForTheWorse() {
        return metric.moreIsBetter() ? after < before : after > before;
    }

    /**
     * The change points of all cells by the metric that decides each, each host for itself, the newest first. Too few entries give none:
     * see {@link EDivisive#LEAST_POINTS}.
     *
     * @param history in any order
     */
    public static List<HistoryChange> of(List<HistoryEntry> history) {
        return of(history, entry -> Stream.of(entry.deciding()));
    }

    /**
     * The same by these metrics, whichever decides. Entries that do not have one of them are left out of its series.
     *
     * @param history in any order
     */
    public static List<HistoryChange> of(List<HistoryEntry> history, Set<Metric> metrics) {
        return of(history, entry -> metrics.stream().flatMap(metric -> entry.by(metric).stream()));
    }

    private record Point(HistoryEntry entry, HistoryMetric measured) {
        String series() {
            return String.join(
                    " ",
                    entry.hostFingerprint(),
                    entry.seriesId(),
                    measured.metric().id());
        }
    }

    private static List<HistoryChange> of(
            List<HistoryEntry> history, Function<HistoryEntry, Stream<HistoryMetric>> chosen) {
        Map<String, List<Point>> series = new LinkedHashMap<>();
        history.stream()
                .sorted(Comparator.comparing(HistoryEntry::time).thenComparing(HistoryEntry::campaignId))
                .flatMap(entry -> chosen.apply(entry).map(measured -> new Point(entry, measured)))
                .forEach(point -> series.computeIfAbsent(point.series(), key -> new ArrayList<>())
                        .add(point));
        List<HistoryChange> changes = new ArrayList<>();
        series.values().forEach(points -> changes.addAll(changesOf(points)));
        changes.sort(
                Comparator.comparing((HistoryChange change) -> change.first().time())
                        .reversed());
        return changes;
    }

    private static List<HistoryChange> changesOf(List<Point> series) {
        double leastMagnitude = leastMagnitude(series);
        List<ChangePoint> found = new EDivisive(SIGNIFICANCE, leastMagnitude, SEED)
                .changePoints(series.stream()
                        .mapToDouble(point -> point.measured().value().estimate())
                        .toArray());
        List<HistoryChange> changes = new ArrayList<>();
        for (int i = 0; i < found.size(); i++) {
            ChangePoint change = found.get(i);
            changes.add(new HistoryChange(
                    series.get(0).measured().metric(),
                    series.get(change.index()).entry(),
                    series.get(change.index() - 1).entry(),
                    change.before(),
                    change.after(),
                    change.pValue(),
                    leastMagnitude,
                    i == found.size() - 1));
        }
        return changes;
    }

    /** The median of what the gates could have detected. */
    private static double leastMagnitude(List<Point> series) {
        double[] detectable = series.stream()
                .map(point -> point.measured().detectableEffect())
                .filter(effect -> effect != null && effect > 0)
                .mapToDouble(effect -> effect)
                .sorted()
                .toArray();
        return detectable.length == 0 ? DEFAULT_LEAST_MAGNITUDE : detectable[detectable.length / 2];
    }
}

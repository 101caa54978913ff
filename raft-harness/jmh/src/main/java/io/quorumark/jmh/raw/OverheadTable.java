package io.quorumark.jmh.raw;

import io.quorumark.results.stats.Interval;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The rows as text, with the geometric mean and the worst of those that compare the same work. */
final class OverheadTable {
    private OverheadTable() {}

    static String of(List<OverheadRow> rows) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%-10s %-6s %12s %12s %9s %19s %13s %12s%n",
                "engine",
                "op",
                "spi ns/op",
                "raw ns/op",
                "spi/raw",
                "interval",
                "added ns/op",
                "added B/op"));
        boolean unlike = false;
        for (OverheadRow row : rows) {
            Interval ratio = row.ratio().ratio();
            text.append(String.format(
                    Locale.ROOT,
                    "%-10s %-6s %12.1f %12.1f %9.3f %7.3f .. %.3f%s %9.1f %12.1f%n",
                    row.isLike() ? row.engine() : row.engine() + " *",
                    row.operation(),
                    row.meanNanosSpi(),
                    row.meanNanosRaw(),
                    ratio.estimate(),
                    ratio.low(),
                    ratio.high(),
                    String.format(Locale.ROOT, " (%.0f %%)", Math.floor(100 * ratio.confidence())),
                    row.meanNanosSpi() - row.meanNanosRaw(),
                    row.addedBytesPerOperation()));
            unlike |= !row.isLike();
        }
        List<OverheadRow> like = rows.stream().filter(OverheadRow::isLike).toList();
        if (!like.isEmpty()) {
            text.append(summary(like));
        }
        if (unlike) {
            text.append(
                    "* beside a bare ConcurrentSkipListMap, which keeps no log and no versions: not the same work\n");
        }
        return text.toString();
    }

    private static String summary(List<OverheadRow> like) {
        double meanLog = like.stream()
                .mapToDouble(row -> Math.log(row.ratio().ratio().estimate()))
                .average()
                .orElseThrow();
        OverheadRow worst = like.stream()
                .max(Comparator.comparingDouble(row -> row.ratio().ratio().estimate()))
                .orElseThrow();
        return String.format(
                Locale.ROOT,
                "geometric mean %.3f, worst %.3f (%s %s)%n",
                Math.exp(meanLog),
                worst.ratio().ratio().estimate(),
                worst.engine(),
                worst.operation());
    }
}

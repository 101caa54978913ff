package io.quorumark.report.page;

import io.quorumark.report.chart.Glyph;
import io.quorumark.report.chart.TimeChart;
import io.quorumark.report.page.Figure.MarkKey;
import io.quorumark.results.model.Stall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The longest stalls as marks on the axis of time, by what coincided longest. Shapes of one colour have one place of origin: the JVM, the
 * group and its engines, the machine, and what nobody watches.
 *
 * @param lanes one for each cell that has stalls, the longest stall first
 * @param keys of the marks that occur
 */
record StallMarks(List<TimeChart.Lane> lanes, List<MarkKey> keys) {
    private static final Map<String, Glyph> GLYPHS = glyphs();

    private static Map<String, Glyph> glyphs() {
        Map<String, Glyph> glyphs = new LinkedHashMap<>();
        glyphs.put("collection", Glyph.CIRCLE);
        glyphs.put("compilation", Glyph.SQUARE);
        glyphs.put("snapshot", Glyph.DIAMOND);
        glyphs.put("log-cut", Glyph.DOWN);
        glyphs.put("leader-change", Glyph.FLAG);
        glyphs.put("compaction", Glyph.PENTAGON);
        glyphs.put("flush", Glyph.CHEVRON);
        glyphs.put("device", Glyph.UP);
        glyphs.put("other-processes", Glyph.BAR);
        glyphs.put("steal", Glyph.CROSS);
        glyphs.put(Stall.NO_PROCESSOR, Glyph.HOURGLASS);
        return glyphs;
    }

    StallMarks {
        lanes = List.copyOf(lanes);
        keys = List.copyOf(keys);
    }

    /** @param seconds that the axis has */
    static StallMarks of(List<LabelledCell> cells, double seconds) {
        List<TimeChart.Lane> lanes = new ArrayList<>();
        for (LabelledCell cell : cells) {
            lanes.add(new TimeChart.Lane(
                    cell.label(),
                    cell.slot(),
                    TrialStall.longestOf(cell).stream()
                            .filter(each -> each.stall().atSeconds() >= 0
                                    && each.stall().atSeconds() <= seconds)
                            .map(StallMarks::mark)
                            .toList()));
        }
        List<Glyph> used = lanes.stream()
                .flatMap(lane -> lane.marks().stream())
                .map(TimeChart.Mark::glyph)
                .distinct()
                .toList();
        List<MarkKey> keys = new ArrayList<>();
        GLYPHS.forEach((kind, glyph) -> {
            if (used.contains(glyph)) {
                keys.add(new MarkKey(glyph.key(), TrialStall.words(kind)));
            }
        });
        if (used.contains(Glyph.RING)) {
            keys.add(new MarkKey(Glyph.RING.key(), TrialStall.NOTHING));
        }
        return new StallMarks(lanes, keys);
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    private static TimeChart.Mark mark(TrialStall each) {
        Stall stall = each.stall();
        Glyph glyph = stall.coincided().isEmpty()
                ? Glyph.RING
                : glyphOf(stall.coincided().get(0).kind());
        return new TimeChart.Mark(stall.atSeconds(), glyph);
    }

    /** @param kind of what coincided; one of a later version has the mark of nothing that is known */
    static Glyph glyphOf(String kind) {
        return GLYPHS.getOrDefault(kind, Glyph.RING);
    }
}

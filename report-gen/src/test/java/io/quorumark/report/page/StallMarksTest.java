package io.quorumark.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.report.chart.Glyph;
import io.quorumark.results.model.Stall;
import org.junit.jupiter.api.Test;

class StallMarksTest {
    @Test
    void every_kind_of_coincidence_has_a_mark_of_its_own() {
        assertThat(Stall.KINDS).map(StallMarks::glyphOf).doesNotHaveDuplicates().doesNotContain(Glyph.RING);
    }
}

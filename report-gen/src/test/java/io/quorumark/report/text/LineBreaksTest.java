package io.quorumark.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LineBreaksTest {
    private static final LineBreaks NAMES = LineBreaks.of(List.of("ycsb-a", "LMDB", "H2 <MV>"));

    @Test
    void a_name_in_running_text_is_kept_together() {
        assertThat(NAMES.in("<h1>More on ycsb-a, ycsb-a.</h1>"))
                .isEqualTo("<h1>More on <span class=k>ycsb-a,</span> <span class=k>ycsb-a.</span></h1>");
        assertThat(NAMES.in("<p>ycsb-a † is")).isEqualTo("<p><span class=k>ycsb-a †</span> is");
        assertThat(NAMES.in("<p>H2 &lt;MV&gt;")).isEqualTo("<p><span class=k>H2 &lt;MV&gt;</span>");
    }

    @Test
    void an_interval_and_a_figure_with_its_unit_are_kept_together() {
        assertThat(NAMES.in("<p>1.36× [1.27, 1.45] at 95 % in 12 ms and 7 members"))
                .isEqualTo("<p>1.36× [1.27,\u00a01.45]\u00a0at\u00a095\u00a0% in 12\u00a0ms and 7 members");
    }

    @Test
    void an_option_of_a_command_is_kept_together() {
        assertThat(NAMES.in("<p>the same plan with --profile adr."))
                .isEqualTo("<p>the same plan with <span class=k>--profile</span> adr.");
    }

    @Test
    void a_part_of_another_word_and_a_name_that_cannot_break_stay_as_they_are() {
        String page = "<p>ycsb-a-large, my-ycsb-a, ycsb-ab and LMDB</p>";
        assertThat(NAMES.in(page)).isEqualTo(page);
    }

    @Test
    void attributes_drawings_commands_and_tables_of_data_stay_as_they_are() {
        for (String page : List.of(
                "<td data-label=\"> ycsb-a <\">x</td>",
                "<a href='x > ycsb-a'>x</a>",
                "<svg><title>ycsb-a</title><text>ycsb-a</text></svg>",
                "<svg><svg><path/></svg><text>ycsb-a</text></svg>",
                "<pre id=\"command\">run ycsb-a</pre>",
                "<script>var ycsb-a = '<p>ycsb-a';</script>",
                "<table class=\"data\"><tr><td>ycsb-a</table>")) {
            assertThat(NAMES.in(page)).isEqualTo(page);
        }
        assertThat(NAMES.in("<pre>ycsb-a</pre>ycsb-a")).isEqualTo("<pre>ycsb-a</pre><span class=k>ycsb-a</span>");
    }

    @Test
    void a_name_that_no_narrow_line_could_hold_may_break() {
        String name = "a-" + "very-".repeat(5) + "long-name";
        assertThat(LineBreaks.of(List.of(name)).in("<p>" + name)).isEqualTo("<p>" + name);
    }
}

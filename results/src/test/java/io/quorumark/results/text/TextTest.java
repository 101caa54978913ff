package io.quorumark.results.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTest {
    @Test
    void one_is_singular_and_all_else_is_plural() {
        assertThat(Plural.of(1, "round")).isEqualTo("1 round");
        assertThat(Plural.of(0, "round")).isEqualTo("0 rounds");
        assertThat(Plural.of(12_000, "entry", "entries")).isEqualTo("12,000 entries");
        assertThat(Plural.noun(1, "block")).isEqualTo("block");
    }

    @Test
    void sentences_on_one_line_are_kept_apart() {
        assertThat(Sentences.join(
                        List.of("the leader changed", "It ran out of room. ", "2 operations were never sent.")))
                .isEqualTo("the leader changed; It ran out of room; 2 operations were never sent.");
        assertThat(Sentences.join(List.of())).isEmpty();
    }

    @Test
    void a_ratio_of_times_says_which_way_it_goes() {
        assertThat(Speed.of(0.96)).isEqualTo("4.0 % faster");
        assertThat(Speed.of(1.25)).isEqualTo("25.0 % slower");
        assertThat(Speed.of(2.9)).isEqualTo("2.9 times slower");
        assertThat(Speed.of(0.4)).isEqualTo("2.5 times faster");
    }
}

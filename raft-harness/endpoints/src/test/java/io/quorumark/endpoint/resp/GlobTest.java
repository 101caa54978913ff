package io.quorumark.endpoint.resp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Patterns, as Redis 7.0 understands them. */
class GlobTest {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '|', textBlock = """
        *          ; || ; true
        *          ; abc ; true
        ||         ; || ; true
        ||         ; a ; false
        abc        ; abc ; true
        abc        ; ab ; false
        abc        ; abcd ; false
        a?c        ; abc ; true
        a?c        ; ac ; false
        a*c        ; ac ; true
        a*c        ; abbc ; true
        a*c        ; abbcd ; false
        a**b*      ; axxbyy ; true
        *ab*ab     ; abxab ; true
        *ab*ab     ; ab ; false
        [a-c]      ; b ; true
        [c-a]      ; b ; true
        [a-c]      ; d ; false
        [^a-c]     ; d ; true
        [^a-c]     ; b ; false
        [^a-c]     ; \u00ff ; true
        [\u00e0-\u00ff] ; \u00e9 ; true
        [a-]       ; - ; true
        [a\\]]     ; ] ; true
        []         ; a ; false
        [^]        ; a ; true
        [ab        ; b ; true
        [ab        ; c ; false
        [          ; a ; false
        a\\*       ; a* ; true
        a\\*       ; ab ; false
        a\\b       ; ab ; true
        a\\        ; a\\ ; true
        a\\        ; a ; false
        *\\        ; a\\ ; true
        """)
    void matches(String pattern, String text, boolean matches) {
        Glob glob = new Glob(bytes(pattern));
        assertThat(glob.matches(bytes(text))).isEqualTo(matches);
    }

    @Test
    void a_prefix_ends_before_the_first_special_byte() {
        assertThat(new Glob(bytes("user:*")).prefix()).isEqualTo(bytes("user:"));
        assertThat(new Glob(bytes("a\\*b")).prefix()).isEqualTo(bytes("a"));
        assertThat(new Glob(bytes("[a]")).prefix()).isEmpty();
    }

    @Test
    void a_pattern_costs_no_more_than_the_product_of_the_lengths() {
        Glob classes = new Glob(bytes("*[" + "x".repeat(1000) + "y"));
        assertThat(classes.matches(bytes("a".repeat(500)))).isFalse();
        assertThat(classes.comparisons()).isLessThanOrEqualTo(2 * 500 + 1);
        Glob tooLong = new Glob(bytes("?".repeat(600)));
        assertThat(tooLong.matches(bytes("a".repeat(511)))).isFalse();
        assertThat(tooLong.comparisons()).isEqualTo(1);
    }

    @Test
    void a_pattern_beyond_the_limit_is_refused() {
        assertThatThrownBy(() -> new Glob(bytes("*".repeat(1025))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("pattern has 1025 bytes, expected at most 1024");
    }
}

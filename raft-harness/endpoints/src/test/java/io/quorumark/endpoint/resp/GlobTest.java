package io.quorumark.endpoint.resp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
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
    void a_set_takes_the_bytes_of_its_range_and_no_others() {
        for (int low = 0; low < 256; low++) {
            for (int high = low; high < 256; high++) {
                if (low == '^' || low == ']' || low == '\\' || high == ']') {
                    continue;
                }
                Glob range = new Glob(new byte[] {'[', (byte) low, '-', (byte) high, ']'});
                for (int octet : new int[] {0, low - 1, low, (low + high) / 2, high, high + 1, 255}) {
                    boolean within = (octet & 0xff) >= low && (octet & 0xff) <= high;
                    if (range.matches(new byte[] {(byte) octet}) != within) {
                        fail("%d in %d to %d is %s", octet & 0xff, low, high, !within);
                    }
                }
            }
        }
    }

    @Test
    void any_byte_is_any_byte_and_a_literal_one_is_that_byte() {
        for (int octet = 0; octet < 256; octet++) {
            byte[] text = {(byte) octet};
            assertThat(new Glob(bytes("?")).matches(text)).as("%d", octet).isTrue();
            for (int other = 0; other < 256; other++) {
                assertThat(new Glob(new byte[] {'\\', (byte) other}).matches(text))
                        .as("%d for %d", octet, other)
                        .isEqualTo(octet == other);
            }
        }
    }

    @Test
    void a_pattern_takes_little_memory_whatever_it_asks_for() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (String part : new String[] {"?", "a", "*?"}) {
            byte[] pattern = bytes(part.repeat(Glob.MAX_BYTES / part.length()));
            Glob first = new Glob(pattern);
            long before = threads.getCurrentThreadAllocatedBytes();
            Glob second = new Glob(pattern);
            long bytes = threads.getCurrentThreadAllocatedBytes() - before;
            assertThat(first.matches(bytes("a".repeat(2000)))).isEqualTo(second.matches(bytes("a".repeat(2000))));
            assertThat(bytes).as("bytes for " + part).isLessThan(20L * Glob.MAX_BYTES);
        }
    }

    @Test
    void a_pattern_beyond_the_limit_is_refused() {
        assertThatThrownBy(() -> new Glob(bytes("*".repeat(1025))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("pattern has 1025 bytes, expected at most 1024");
    }
}

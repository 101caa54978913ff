package io.quorumark.raft.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalNumberTest {
    @ParameterizedTest
    @ValueSource(
            longs = {
                0,
                1,
                -1,
                9,
                10,
                -10,
                Integer.MIN_VALUE,
                999_999_999_999_999_999L,
                Long.MAX_VALUE - 1,
                Long.MAX_VALUE,
                Long.MIN_VALUE + 1,
                Long.MIN_VALUE
            })
    void numbers_are_written_as_java_writes_them_and_read_back(long number) {
        assertRoundTrip(number);
    }

    @Test
    void so_are_random_ones_of_every_length() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 10_000; i++) {
            assertRoundTrip(random.nextLong() >> random.nextInt(64));
        }
    }

    private static void assertRoundTrip(long number) {
        ByteBuffer text = ByteBuffer.allocate(DecimalNumber.MAX_BYTES);
        DecimalNumber.format(number, text);
        assertThat(StandardCharsets.US_ASCII.decode(text.duplicate()).toString())
                .isEqualTo(Long.toString(number));
        assertThat(DecimalNumber.isNumber(text)).isTrue();
        assertThat(DecimalNumber.parse(text)).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "+1",
                "-0",
                "00",
                "01",
                "-01",
                " 1",
                "1 ",
                "1.0",
                "1e3",
                "0x10",
                "1_000",
                "--1",
                "9223372036854775808",
                "-9223372036854775809",
                "9999999999999999999",
                "-9999999999999999999",
                "18446744073709551616",
                "10000000000000000000000"
            })
    void anything_else_is_no_number(String text) {
        ByteBuffer padded = ByteBuffer.wrap(("7" + text + "7").getBytes(StandardCharsets.US_ASCII));
        assertThat(DecimalNumber.isNumber(padded.slice(1, text.length()))).isFalse();
    }
}

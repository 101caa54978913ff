package io.quorumark.endpoint.resp;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.endpoint.resp.Request.Use;
import io.quorumark.engine.Limits;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which writes hold room for a value that they may give back, and so run a few at a time. */
class PreviousValuesTest {
    @ParameterizedTest
    @CsvSource({
        "GETSET k v, true",
        "getdel k, true",
        "SET k v GET, true",
        "set k v nx get, true",
        "SET k v, false",
        "SET k v NX, false",
        "SET GET GET XX, false",
        "SETNX k v, false",
        "INCR k, false",
        "GET k, false"
    })
    void is_held_for_those_that_give_one_back(String line, boolean held) {
        List<byte[]> words = Arrays.stream(line.split(" "))
                .map(word -> word.getBytes(StandardCharsets.US_ASCII))
                .toList();
        String name = line.split(" ")[0].toUpperCase(Locale.ROOT);
        Request request = new Request(name, words, Use.NOTHING, List.of());
        assertThat(RespCommands.maxPreviousBytes(request)).isEqualTo(held ? Limits.PORTABLE_MAX_VALUE_BYTES : 0);
    }
}

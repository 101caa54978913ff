package io.quorumark.engine.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.Keyspace;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OptionsTest {
    private static Options options(Map<String, String> given) {
        EngineConfig config = EngineConfig.of(Path.of("data"), Keyspace.listOf("kv"), Durability.NONE)
                .withOptions(given);
        return new Options("test", config);
    }

    @Test
    void a_missing_option_has_its_default() {
        Options options = options(Map.of());
        assertThat(options.number("cache_bytes", 42, 0, 100)).isEqualTo(42);
        assertThat(options.flag("sync", true)).isTrue();
        options.refuseUnknown();
    }

    @Test
    void an_unknown_option_is_refused_with_the_known_ones() {
        Options options = options(Map.of("cash_bytes", "1"));
        options.number("cache_bytes", 42, 0, 100);
        assertThatThrownBy(options::refuseUnknown)
                .isInstanceOf(EngineException.InvalidOption.class)
                .hasMessageContaining("cash_bytes")
                .hasMessageContaining("cache_bytes");
    }

    @Test
    void a_value_out_of_range_or_of_the_wrong_kind_is_refused() {
        assertThatThrownBy(() -> options(Map.of("n", "101")).number("n", 1, 0, 100))
                .hasMessageContaining("'101'")
                .hasMessageContaining("from 0 to 100");
        assertThatThrownBy(() -> options(Map.of("n", "many")).number("n", 1, 0, 100))
                .hasMessageContaining("whole number");
        assertThatThrownBy(() -> options(Map.of("f", "yes")).flag("f", false)).hasMessageContaining("[true, false]");
    }
}

package io.quorumark.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What folders, results and native engines write does not follow from names or places of constants. */
class CodesTest {
    @Test
    void durabilities_are_written_as_they_always_were() {
        assertThat(Arrays.stream(Durability.values()).map(Durability::code))
                .containsExactly("NONE", "PROCESS_CRASH", "POWER_LOSS");
        assertThat(Durability.ofCode("NONE")).isEqualTo(Durability.NONE);
        assertThat(Durability.ofCode("PROCESS_CRASH")).isEqualTo(Durability.PROCESS_CRASH);
        assertThat(Durability.ofCode("POWER_LOSS")).isEqualTo(Durability.POWER_LOSS);
        for (String unknown : new String[] {"", "power_loss", "2"}) {
            assertThatThrownBy(() -> Durability.ofCode(unknown))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("durability is '" + unknown + "', expected NONE, PROCESS_CRASH or POWER_LOSS");
        }
    }

    @Test
    void kinds_of_background_work_are_written_as_results_and_the_header_say() {
        assertThat(BackgroundWork.Kind.FLUSH.code()).isEqualTo("flush");
        assertThat(BackgroundWork.Kind.COMPACTION.code()).isEqualTo("compaction");
        for (BackgroundWork.Kind kind : BackgroundWork.Kind.values()) {
            assertThat(BackgroundWork.Kind.ofCode(kind.code())).isEqualTo(kind);
        }
        assertThatThrownBy(() -> BackgroundWork.Kind.ofCode("nap"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("kind of work is 'nap', expected flush or compaction");
    }

    @Test
    void kinds_of_figures_are_written_as_the_header_of_native_engines_says() {
        assertThat(EngineStats.Kind.ofCode("counter")).isEqualTo(EngineStats.Kind.COUNTER);
        assertThat(EngineStats.Kind.ofCode("gauge")).isEqualTo(EngineStats.Kind.GAUGE);
        assertThatThrownBy(() -> EngineStats.Kind.ofCode("COUNTER"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("kind of a figure is 'COUNTER', expected counter or gauge");
    }
}

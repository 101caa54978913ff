package io.quorumark.raft.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemberFiguresTest {
    private static final MemberFigures FIGURES = new MemberFigures(
            new MemberFigures.Store(
                    "memory", "POWER_LOSS", 1 << 20, Map.of("log_sync", "commit"), Map.of("log.syncs", 7.0)),
            new MemberFigures.Store("lmdb", "PROCESS_CRASH", 2 << 20, Map.of(), Map.of()),
            new ProcessPlace(4711, "elsewhere", "/data/n1"),
            new JvmUse(1, 2, 3, 4));

    @Test
    void figures_come_back_as_they_were_sent() {
        assertThat(MemberFigures.decode(FIGURES.encode())).isEqualTo(FIGURES);
    }

    @Test
    void figures_that_end_early_are_refused() {
        byte[] bytes = FIGURES.encode();
        assertThatThrownBy(() -> MemberFigures.decode(Arrays.copyOf(bytes, bytes.length - 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("malformed");
    }

    @Test
    void a_process_is_here_where_numbers_mean_the_same() {
        String space = ProcessPlace.ofThisProcess(Path.of("n1")).space();
        assertThat(new ProcessPlace(1, space, "n1").isHere()).isEqualTo(!space.isEmpty());
        assertThat(new ProcessPlace(1, "elsewhere", "n1").isHere()).isFalse();
        assertThat(new ProcessPlace(1, "", "n1").isHere()).isFalse();
    }
}

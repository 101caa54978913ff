package io.quorumark.jmh.raw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quorumark.campaign.engine.Engines;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RawProgramTest {
    @TempDir
    Path folder;

    @BeforeEach
    void keep_the_data_here() {
        System.setProperty("quorumark.jmh.data", folder.resolve("data").toString());
        EngineProvider bbolt =
                Objects.requireNonNull(Engines.onClassPath().all().get("bbolt"), "bbolt");
        assumeTrue(bbolt.unavailable().isEmpty(), bbolt.unavailable().toString());
    }

    @AfterEach
    void forget_the_folder() {
        System.clearProperty("quorumark.jmh.data");
    }

    private RawProgram program(String script) throws IOException {
        Path go = Files.writeString(folder.resolve("go"), "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(go, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new RawProgram(go, go, 1_000, 8, Duration.ofMillis(20), Duration.ofMillis(30));
    }

    @Test
    void it_opens_the_engine_as_the_bridge_would_and_its_figure_is_taken() throws Exception {
        Path seen = folder.resolve("seen");
        RawProgram program = program("cat \"$QUORUMARK_RAW_CONFIG\" > " + seen
                + "\nenv | grep ^QUORUMARK_RAW_ | sort >> " + seen + "\necho 'work ... 1234.5 ns/op, digest 7'\n");
        assertThat(program.run("bbolt", "put", Durability.POWER_LOSS)).isEqualTo(new OverheadRow.Side(1234.5, 0));
        assertThat(seen)
                .content()
                .contains("keyspaces=kv\ndurability=power_loss\n", "option.freelist_type=map\n")
                .contains("QUORUMARK_RAW_ENGINE=bbolt\nQUORUMARK_RAW_MEASURE_MILLIS=30\nQUORUMARK_RAW_OPERATION=put\n")
                .contains("QUORUMARK_RAW_RECORDS=1000\nQUORUMARK_RAW_VALUE_BYTES=8\nQUORUMARK_RAW_WARM_UP_MILLIS=20\n");
        try (var left = Files.list(folder.resolve("data"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void a_program_without_a_figure_is_told_with_its_own_words() throws Exception {
        RawProgram failing = program("echo 'no such table' >&2\nexit 3\n");
        assertThatThrownBy(() -> failing.run("bbolt", "get", Durability.PROCESS_CRASH))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("exit code 3")
                .hasMessageContaining("no such table");
    }
}

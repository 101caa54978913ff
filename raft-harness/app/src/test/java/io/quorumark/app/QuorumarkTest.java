package io.quorumark.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.campaign.support.ChildJvm;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as its own process. */
class QuorumarkTest {
    private static final List<String> GERMAN =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Duser.language=de", "-Duser.country=DE");

    @TempDir
    Path folder;

    @Test
    void numbers_are_written_the_same_for_every_reader() throws Exception {
        Process process = new ProcessBuilder(ChildJvm.command(
                        ChildJvm.flags(128, GERMAN, List.of()),
                        folder,
                        Quorumark.class.getName(),
                        List.of("doctor", "plan", "--profile", "smoke")))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).containsPattern("\\d,\\d{3} MiB").doesNotContainPattern("\\d\\.\\d{3} MiB");
    }
}

package io.quorumark.campaign.host;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.campaign.support.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ToolRunTest {
    private static ProcessBuilder shell(String script) {
        return new ProcessBuilder("sh", "-c", script);
    }

    @Test
    void what_it_says_and_how_it_ends_are_told() throws IOException {
        assertThat(ToolRun.within(Duration.ofSeconds(30), shell("echo said; exit 3")))
                .contains(new ToolRun(3, "said\n"));
    }

    @Test
    void one_that_says_nothing_and_goes_on_is_killed_with_what_it_has_started(@TempDir Path folder) throws Exception {
        Path pid = folder.resolve("pid");
        ProcessBuilder hanging = shell("sleep 1000 & echo $! > '" + pid + "'; wait");
        assertThat(ToolRun.within(Duration.ofSeconds(10), hanging)).isEmpty();
        long started = Long.parseLong(Files.readString(pid).strip());
        Await.until("what it had started has ended", SECONDS.toNanos(30), () -> !ProcessState.isRunning(started));
    }

    @Test
    void one_that_closes_its_output_and_goes_on_is_killed_too() throws IOException {
        assertThat(ToolRun.within(Duration.ofSeconds(1), shell("exec >&- 2>&-; sleep 1000")))
                .isEmpty();
    }

    @Test
    void one_that_is_not_there_is_an_error() {
        assertThatThrownBy(() -> ToolRun.within(Duration.ofSeconds(1), new ProcessBuilder("quorumark-no-such-tool")))
                .isInstanceOf(IOException.class);
    }
}

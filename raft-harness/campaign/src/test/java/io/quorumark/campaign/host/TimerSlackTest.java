package io.quorumark.campaign.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class TimerSlackTest {
    private record Removed(String told, String slackNanos) {}

    private static String ownSlackNanos() throws Exception {
        Path own = Files.readSymbolicLink(Path.of("/proc/thread-self")).getFileName();
        return Files.readString(Path.of("/proc").resolve(own).resolve("timerslack_ns"))
                .strip();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_thread_loses_its_own_slack_and_others_keep_theirs() throws Exception {
        String before = ownSlackNanos();
        CompletableFuture<Removed> removed = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                removed.complete(new Removed(TimerSlack.remove(), ownSlackNanos()));
            } catch (Exception e) {
                removed.completeExceptionally(e);
            }
        });
        thread.start();

        assertThat(removed.get()).isEqualTo(new Removed("removed: 1 ns, " + before + " before", "1"));
        assertThat(ownSlackNanos()).isEqualTo(before);
    }
}

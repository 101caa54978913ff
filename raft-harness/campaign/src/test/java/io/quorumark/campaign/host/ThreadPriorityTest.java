package io.quorumark.campaign.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ThreadPriorityTest {
    /** proc_pid_stat(5): the 19th field, the 17th after the name. */
    private static final int NICE_AFTER_NAME = 17;

    private record Raised(String told, int nice) {}

    private static int niceOf(Path thread) throws Exception {
        String stat = Files.readString(thread.resolve("stat"));
        return Integer.parseInt(
                stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ")[NICE_AFTER_NAME - 1]);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void what_is_told_is_what_the_kernel_has_and_other_threads_keep_theirs() throws Exception {
        int before = niceOf(Path.of("/proc/thread-self"));
        CompletableFuture<Raised> raised = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                raised.complete(new Raised(ThreadPriority.raise(), niceOf(Path.of("/proc/thread-self"))));
            } catch (Exception e) {
                raised.completeExceptionally(e);
            }
        });
        thread.start();
        Raised own = raised.get();
        assertThat(own.told()).startsWith(own.nice() == -10 ? "raised: nice -10" : "not raised: ");
        assertThat(niceOf(Path.of("/proc/thread-self"))).isEqualTo(before);
    }
}

package io.quorumark.campaign.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildJvmTest {
    private static final int HEAP_MIB = 16;

    /** Fills its heap in one thread while another one waits, as a member's do; would end in peace if it went on without the first. */
    static final class FullHeap {
        public static void main(String[] args) throws InterruptedException {
            Thread filling = new Thread(() -> {
                byte[][] kept = new byte[HEAP_MIB][];
                for (int i = 0; i < kept.length; i++) {
                    kept[i] = new byte[1 << 20];
                }
                throw new IllegalStateException("the heap holds " + kept.length + " MiB");
            });
            filling.start();
            filling.join();
        }
    }

    @Test
    void a_jvm_whose_heap_is_full_ends_and_says_why(@TempDir Path folder) throws IOException, InterruptedException {
        List<String> command = ChildJvm.command(
                ChildJvm.flags(HEAP_MIB, List.of(), List.of()), folder, FullHeap.class.getName(), List.of());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(process.waitFor(30, TimeUnit.SECONDS)).as(said).isTrue();
            assertThat(process.exitValue()).as(said).isEqualTo(3);
            assertThat(said).contains("Terminating due to java.lang.OutOfMemoryError: Java heap space");
        } finally {
            process.destroyForcibly();
        }
    }
}

package io.quorumark.campaign.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedProcessesTest {
    private static final double ONE_TENTH_OF_A_SECOND = 1e8;

    @TempDir
    Path folder;

    @BeforeEach
    void onlyWhereProcessesAreShown() {
        assumeTrue(Files.isReadable(Path.of("/proc/self/smaps_rollup")), "this system has no /proc/PID/smaps_rollup");
    }

    @Test
    void a_process_is_seen_from_outside_as_it_sees_itself() throws IOException {
        try (FileChannel file =
                FileChannel.open(folder.resolve("file"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.allocate(1 << 20));
            file.force(true);
        }
        ProcessUsage inside = ProcessUsage.now();
        ProcessUsage outside = ProcessUsage.of(
                Path.of("/proc", Long.toString(ProcessHandle.current().pid())));
        ProcessUsage insideAfter = ProcessUsage.now();
        assertThat((double) outside.cpuNanos())
                .isBetween(inside.cpuNanos() - ONE_TENTH_OF_A_SECOND, insideAfter.cpuNanos() + ONE_TENTH_OF_A_SECOND);
        assertThat(outside.writtenBytes()).isGreaterThanOrEqualTo(inside.writtenBytes());
        assertThat(outside.readBytes()).isGreaterThanOrEqualTo(inside.readBytes());
    }

    @Test
    void another_process_is_added_to_this_one_until_it_ends() throws Exception {
        WatchedProcesses alone =
                WatchedProcesses.with(Set.of(ProcessHandle.current().pid()));
        Process other = new ProcessBuilder("cat").start();
        WatchedProcesses both;
        try {
            both = WatchedProcesses.with(Set.of(other.pid()));
            assertThat(alone.hasOthers()).isFalse();
            assertThat(both.hasOthers()).isTrue();
            // cat has its three streams open, and little memory: what it adds is less than what this JVM varies by.
            assertThat(both.openFiles().orElseThrow())
                    .isBetween(
                            alone.openFiles().orElseThrow() + 3,
                            alone.openFiles().orElseThrow() + 8);
            assertThat(both.threads().since(ThreadTimes.none())).containsKey("cat");
            assertThat(alone.threads().since(ThreadTimes.none())).doesNotContainKey("cat");
            assertThat(both.peakRssBytes()).isGreaterThan(alone.peakRssBytes());
            assertThat(both.usage().cpuNanos()).isPositive();
        } finally {
            other.destroy();
            other.waitFor();
        }
        assertThatThrownBy(both::usage)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(Long.toString(other.pid()));
        assertThat(WatchedProcesses.with(Set.of(other.pid())).hasOthers()).isFalse();
    }
}

package io.quorumark.campaign.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.results.model.Host;
import io.quorumark.results.model.Trial.Canary;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostTest {
    @TempDir
    Path folder;

    @Test
    void the_deepest_mount_point_above_a_folder_tells_its_options() {
        List<String> mounts = List.of(
                "/dev/vda / ext4 rw,relatime 0 0",
                "tmpfs /data tmpfs rw,size=1k 0 0",
                "/dev/vdb /data/fast\\040disk xfs rw,noatime 0 0");
        assertThat(Filesystem.longestMount(mounts, Path.of("/home/x"))).isEqualTo("rw,relatime");
        assertThat(Filesystem.longestMount(mounts, Path.of("/data/y"))).isEqualTo("rw,size=1k");
        assertThat(Filesystem.longestMount(mounts, Path.of("/data/fast disk/z")))
                .isEqualTo("rw,noatime");
    }

    @Test
    void the_same_machine_has_the_same_fingerprint() throws Exception {
        Host first = HostProbe.probe(folder);
        assertThat(HostProbe.probe(folder).fingerprint())
                .isEqualTo(first.fingerprint())
                .matches("[0-9a-f]{12}");
        assertThat(first.cpuCount()).isPositive();
        assertThat(first.memoryBytes()).isPositive();
        assertThat(first.dataFilesystem()).isNotBlank();
    }

    @Test
    void the_canary_measures_and_leaves_nothing_behind() throws Exception {
        MachineProbe bird = new MachineProbe();
        Canary canary = bird.measure(folder);
        assertThat(canary.cpuSpinMillis()).isPositive();
        assertThat(canary.syncMicros()).isPositive();
        assertThat(canary.memoryCopyMillis()).isPositive();
        assertThat(canary.stealRatio()).isBetween(0.0, 1.0);
        assertThat(bird.spinResult()).isNotZero();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void disk_use_counts_allocated_blocks_not_lengths() throws Exception {
        try (RandomAccessFile sparse =
                new RandomAccessFile(folder.resolve("sparse").toFile(), "rw")) {
            sparse.setLength(64 << 20);
        }
        Files.write(folder.resolve("full"), new byte[1 << 20]);
        assertThat(DiskUse.allocatedBytes(folder)).isBetween(1L << 20, 2L << 20);
    }

    @Test
    void usage_grows_with_work() throws Exception {
        ProcessUsage before = ProcessUsage.now();
        long sum = 0;
        for (int i = 0; i < 1000; i++) {
            sum += new byte[10_000].length;
        }
        ProcessUsage used = ProcessUsage.now().since(before);
        assertThat(used.jvm().allocatedBytes()).isGreaterThanOrEqualTo(sum);
        assertThat(used.cpuNanos()).isNotNegative();
    }

    /** 400 of 1,000 ticks busy, 50 stolen; 3 s of the 4 busy ones were the trial's own. */
    @Test
    void what_other_processes_took_is_what_was_busy_less_the_own_part() throws Exception {
        CpuTicks before = ticks("cpu  100 0 100 800 0 0 0 10 0 0");
        CpuTicks after = ticks("cpu  300 50 200 1300 50 20 30 60 77 88");
        assertThat(after.total() - before.total()).isEqualTo(1_000);
        assertThat(after.busy() - before.busy()).isEqualTo(400);
        assertThat(after.othersShareSince(before, 3_000_000_000L)).isEqualTo(0.1);
        assertThat(after.othersShareSince(before, 5_000_000_000L)).isZero();
        assertThat(after.stealRatioSince(before)).isEqualTo(0.05);
        assertThat(after.othersShareSince(after, 0)).isZero();
    }

    private CpuTicks ticks(String line) throws Exception {
        try (CountersFile stat =
                new CountersFile(Files.writeString(folder.resolve("stat"), line + "\ncpu0 1 2 3 4 5 6 7 8 9 10\n"))) {
            return CpuTicks.of(stat);
        }
    }

    /** The kernel's files show other numbers each time they are read, through the same open file. */
    @Test
    void counters_are_read_anew_from_the_file_that_is_open() throws Exception {
        Path file = Files.writeString(folder.resolve("counters"), "  12 0\t9223372036854775807 7");
        try (CountersFile counters = new CountersFile(file)) {
            counters.read();
            assertThat(counters.count()).isEqualTo(4);
            assertThat(counters.at(2)).isEqualTo(Long.MAX_VALUE);
            assertThat(counters.at(3)).isEqualTo(7);
            Files.writeString(file, "5\n6");
            counters.read();
            assertThat(counters.count()).isEqualTo(1);
            assertThat(counters.at(0)).isEqualTo(5);
            assertThat(counters.at(1)).isZero();
        }
    }

    @Test
    void this_process_and_its_tree_have_used_processors() throws Exception {
        assertThat(ProcessTree.cpuNanos()).isPositive();
    }
}

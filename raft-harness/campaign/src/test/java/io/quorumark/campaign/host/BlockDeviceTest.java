package io.quorumark.campaign.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockDeviceTest {
    private static final List<String> MOUNTS = List.of(
            "27 1 254:0 / / rw,relatime - ext4 /dev/vda rw",
            "31 27 254:17 / /data rw - xfs /dev/vdb1 rw",
            "32 27 0:33 / /memory rw - tmpfs tmpfs rw");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path sys;

    @Test
    void a_disk_tells_bytes_and_flushes() throws Exception {
        disk("254:0", "vda", "write back", "7 0 16 1 9 0 32 1 0 1 1 0 0 0 0 5 1");

        BlockDevice.Counters counters =
                BlockDevice.under(Path.of("/home"), MOUNTS, sys).orElseThrow().now();

        assertThat(counters.readBytes()).isEqualTo(16 * 512);
        assertThat(counters.writtenBytes()).isEqualTo(32 * 512);
        assertThat(counters.flushes()).hasValue(5);
    }

    @Test
    void a_partition_has_bytes_of_its_own_and_the_flushes_of_its_disk() throws Exception {
        Path disk = disk("254:16", "vdb", "write back", "7 0 16 1 9 0 32 1 0 1 1 0 0 0 0 5 1");
        Path partition = Files.createDirectories(disk.resolve("vdb1"));
        Files.writeString(partition.resolve("stat"), "1 0 2 1 1 0 4 1 0 1 1 0 0 0 0 0 0\n");
        Files.createSymbolicLink(sys.resolve("254:17"), partition);

        BlockDevice.Counters counters =
                BlockDevice.under(Path.of("/data/x"), MOUNTS, sys).orElseThrow().now();

        assertThat(counters.writtenBytes()).isEqualTo(4 * 512);
        assertThat(counters.flushes()).hasValue(5);
    }

    @Test
    void a_device_without_a_volatile_cache_or_that_never_counted_a_flush_tells_none() throws Exception {
        disk("254:0", "vda", "write through", "7 0 16 1 9 0 32 1 0 1 1 0 0 0 0 5 1");
        disk("254:17", "dm-0", "write back", "7 0 16 1 9 0 32 1 0 1 1 0 0 0 0 0 0");

        for (String folder : List.of("/home", "/data")) {
            assertThat(BlockDevice.under(Path.of(folder), MOUNTS, sys)
                            .orElseThrow()
                            .now()
                            .flushes())
                    .isEmpty();
        }
    }

    @Test
    void memory_has_no_device() throws Exception {
        disk("254:0", "vda", "write back", "7 0 16 1 9 0 32 1 0 1 1 0 0 0 0 5 1");

        assertThat(BlockDevice.under(Path.of("/memory/x"), MOUNTS, sys)).isEmpty();
    }

    /** The links and files of sysfs. */
    private Path disk(String number, String name, String cache, String stat) throws IOException {
        Path disk = Files.createDirectories(sys.resolve("devices").resolve(name));
        Files.writeString(disk.resolve("stat"), "  " + stat + "\n");
        Files.writeString(Files.createDirectories(disk.resolve("queue")).resolve("write_cache"), cache + "\n");
        Files.createSymbolicLink(sys.resolve(number), disk);
        return disk;
    }
}

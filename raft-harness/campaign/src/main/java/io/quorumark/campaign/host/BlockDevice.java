package io.quorumark.campaign.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The block device under a folder, as the kernel counts its work: everybody's on this machine. */
public final class BlockDevice {
    private static final long SECTOR_BYTES = 512;
    private static final int SECTORS_READ = 2;
    private static final int SECTORS_WRITTEN = 6;
    private static final int BUSY_MILLIS = 9;
    private static final int FLUSHES = 15;

    private final Path stat;
    private final Path diskStat;
    private final boolean hasCache;

    /** @param diskStat of the disk, which alone counts flushes, if the device is a partition */
    private BlockDevice(Path stat, Path diskStat, boolean hasCache) {
        this.stat = stat;
        this.diskStat = diskStat;
        this.hasCache = hasCache;
    }

    /**
     * What it has done since it came up.
     *
     * @param flushes of its write cache; empty if it has none, or the kernel counts none
     */
    public record Counters(long readBytes, long writtenBytes, OptionalLong flushes) {}

    /** The device that holds {@code folder}; empty if there is no single one, as under tmpfs, overlay, btrfs and networks. */
    public static Optional<BlockDevice> under(Path folder) throws IOException {
        Path mounts = Path.of("/proc/self/mountinfo");
        return Files.isReadable(mounts)
                ? under(folder.toRealPath(), Files.readAllLines(mounts), Path.of("/sys/dev/block"))
                : Optional.empty();
    }

    /** The one device that holds all of {@code folders}; empty if there is no single one, or a folder cannot be seen from here. */
    public static Optional<BlockDevice> under(Collection<Path> folders) throws IOException {
        Optional<BlockDevice> common = Optional.empty();
        for (Path folder : folders) {
            Optional<BlockDevice> own = Files.exists(folder) ? under(folder) : Optional.empty();
            if (own.isEmpty() || (common.isPresent() && !own.get().stat.equals(common.get().stat))) {
                return Optional.empty();
            }
            common = own;
        }
        return common;
    }

    /** @param mounts lines of {@code proc_pid_mountinfo(5)} */
    static Optional<BlockDevice> under(Path real, List<String> mounts, Path sysDevBlock) throws IOException {
        String number = "";
        int depth = -1;
        for (String line : mounts) {
            String[] fields = line.split(" ");
            Path point = Path.of(fields[4].replace("\\040", " "));
            // A later line covers an earlier one at the same point.
            if (real.startsWith(point) && point.getNameCount() >= depth) {
                depth = point.getNameCount();
                number = fields[2];
            }
        }
        Path device = sysDevBlock.resolve(number);
        if (number.isEmpty() || !Files.isReadable(device.resolve("stat"))) {
            return Optional.empty();
        }
        // A partition's queue is that of its disk, which lies above it.
        Path own = device.toRealPath();
        Path disk = Files.exists(own.resolve("queue")) ? own : own.resolveSibling("");
        Path cache = disk.resolve("queue/write_cache");
        boolean hasCache =
                Files.isReadable(cache) && Files.readString(cache).strip().equals("write back");
        return Optional.of(new BlockDevice(device.resolve("stat"), disk.resolve("stat"), hasCache));
    }

    public Counters now() throws IOException {
        OptionalLong flushes = hasCache ? flushes() : OptionalLong.empty();
        try (CountersFile own = openCounters()) {
            own.read();
            return new Counters(SECTOR_BYTES * own.at(SECTORS_READ), SECTOR_BYTES * own.at(SECTORS_WRITTEN), flushes);
        }
    }

    /** What {@link #busyMillis} reads, for those who look often. To be closed by the caller. */
    public CountersFile openCounters() throws IOException {
        return new CountersFile(stat);
    }

    /** For how long a device has had work since it came up, in milliseconds. */
    public static long busyMillis(CountersFile stat) throws IOException {
        stat.read();
        return stat.at(BUSY_MILLIS);
    }

    /** Device mapper and its like pass flushes on without counting them: none ever is no count. */
    private OptionalLong flushes() throws IOException {
        try (CountersFile disk = new CountersFile(diskStat)) {
            disk.read();
            long count = disk.at(FLUSHES);
            return count == 0 ? OptionalLong.empty() : OptionalLong.of(count);
        }
    }
}

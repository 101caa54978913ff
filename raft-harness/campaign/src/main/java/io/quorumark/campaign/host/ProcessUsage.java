package io.quorumark.campaign.host;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import io.quorumark.raft.message.JvmUse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * What a process has used since it started; subtract two of them for a window.
 *
 * @param cpuNanos processor time of all threads
 * @param writtenBytes handed to the block layer, 0 if the system does not tell
 * @param readBytes fetched from the block layer, 0 if the system does not tell
 * @param jvm its JVM
 */
public record ProcessUsage(long cpuNanos, long writtenBytes, long readBytes, JvmUse jvm) {

    private static final Path IO = Path.of("/proc/self/io");

    /** Of the clock that {@code proc(5)} counts processor time by: 100 a second on every architecture that a JVM 17 runs on under Linux. */
    static final long NANOS_PER_TICK = 10_000_000;

    /** Place of the user time among the fields after the command's name; the system time comes next. */
    private static final int USER_TICKS = 11;

    public static ProcessUsage now() throws IOException {
        return new ProcessUsage(
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime(),
                ProcFiles.number(IO, "write_bytes"),
                ProcFiles.number(IO, "read_bytes"),
                JvmUse.now());
    }

    /**
     * Of another process: processor time of all its threads, ended ones included, and bytes; nothing else.
     *
     * @param process its folder under {@code /proc}
     * @throws IOException it has ended
     */
    static ProcessUsage of(Path process) throws IOException {
        String stat = Files.readString(process.resolve("stat"));
        // The command's name stands in parentheses, and may hold anything.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long ticks = Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[USER_TICKS + 1]);
        Path io = process.resolve("io");
        return new ProcessUsage(
                ticks * NANOS_PER_TICK,
                ProcFiles.number(io, "write_bytes"),
                ProcFiles.number(io, "read_bytes"),
                JvmUse.NONE);
    }

    ProcessUsage plus(ProcessUsage other) {
        return new ProcessUsage(
                cpuNanos + other.cpuNanos,
                writtenBytes + other.writtenBytes,
                readBytes + other.readBytes,
                jvm.plus(other.jvm));
    }

    /** This, with what JVMs of other processes have used. */
    public ProcessUsage plus(JvmUse others) {
        return new ProcessUsage(cpuNanos, writtenBytes, readBytes, jvm.plus(others));
    }

    public ProcessUsage since(ProcessUsage earlier) {
        return new ProcessUsage(
                cpuNanos - earlier.cpuNanos,
                writtenBytes - earlier.writtenBytes,
                readBytes - earlier.readBytes,
                jvm.since(earlier.jvm));
    }

    /** How many files, sockets and the like this process has open now; empty if the system does not tell. */
    public static OptionalLong openFiles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? OptionalLong.of(unix.getOpenFileDescriptorCount())
                : OptionalLong.empty();
    }

    /** The most memory this process has had resident, in bytes; 0 if the system does not tell. */
    public static long peakRssBytes() throws IOException {
        return ProcFiles.number(Path.of("/proc/self/status"), "VmHWM") << 10;
    }

    /** Resident memory now, with shared pages divided among those who share them, in bytes; 0 if the system does not tell. */
    public static long pssBytes() throws IOException {
        return ProcFiles.number(Path.of("/proc/self/smaps_rollup"), "Pss") << 10;
    }

    /** The machine's page cache now, in bytes; 0 if the system does not tell. */
    public static long pageCacheBytes() throws IOException {
        return ProcFiles.number(Path.of("/proc/meminfo"), "Cached") << 10;
    }
}

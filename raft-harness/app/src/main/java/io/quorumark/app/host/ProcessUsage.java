package io.quorumark.app.host;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * What a process has used since it started; subtract two of them for a window.
 *
 * @param cpuNanos processor time of all threads
 * @param allocatedBytes Java heap allocated by the threads that live now
 * @param writtenBytes handed to the block layer, 0 where the system does not tell
 * @param readBytes fetched from the block layer, 0 where the system does not tell
 * @param gcMillis in collections that stop the world
 * @param gcCount collections
 * @param compilationMillis of the JIT compiler
 */
public record ProcessUsage(
        long cpuNanos,
        long allocatedBytes,
        long writtenBytes,
        long readBytes,
        long gcMillis,
        long gcCount,
        long compilationMillis) {

    private static final Path IO = Path.of("/proc/self/io");

    /** Of the clock that {@code proc(5)} counts processor time by: 100 a second on every architecture that a JVM 17 runs on under Linux. */
    private static final long NANOS_PER_TICK = 10_000_000;

    /** Place of the user time among the fields after the command's name; the system time comes next. */
    private static final int USER_TICKS = 11;

    public static ProcessUsage now() throws IOException {
        long gcMillis = 0;
        long gcCount = 0;
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            gcMillis += collector.getCollectionTime();
            gcCount += collector.getCollectionCount();
        }
        CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
        return new ProcessUsage(
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime(),
                allocatedByAllThreads(),
                ProcFiles.number(IO, "write_bytes"),
                ProcFiles.number(IO, "read_bytes"),
                gcMillis,
                gcCount,
                compiler == null ? 0 : compiler.getTotalCompilationTime());
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
                0,
                ProcFiles.number(io, "write_bytes"),
                ProcFiles.number(io, "read_bytes"),
                0,
                0,
                0);
    }

    ProcessUsage plus(ProcessUsage other) {
        return new ProcessUsage(
                cpuNanos + other.cpuNanos,
                allocatedBytes + other.allocatedBytes,
                writtenBytes + other.writtenBytes,
                readBytes + other.readBytes,
                gcMillis + other.gcMillis,
                gcCount + other.gcCount,
                compilationMillis + other.compilationMillis);
    }

    public ProcessUsage since(ProcessUsage earlier) {
        return new ProcessUsage(
                cpuNanos - earlier.cpuNanos,
                allocatedBytes - earlier.allocatedBytes,
                writtenBytes - earlier.writtenBytes,
                readBytes - earlier.readBytes,
                gcMillis - earlier.gcMillis,
                gcCount - earlier.gcCount,
                compilationMillis - earlier.compilationMillis);
    }

    /** How many files, sockets and the like this process has open now; empty where the system does not tell. */
    public static OptionalLong openFiles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? OptionalLong.of(unix.getOpenFileDescriptorCount())
                : OptionalLong.empty();
    }

    /** The most memory this process has had resident, in bytes; 0 where the system does not tell. */
    public static long peakRssBytes() throws IOException {
        return ProcFiles.number(Path.of("/proc/self/status"), "VmHWM") << 10;
    }

    /** Resident memory now, with shared pages divided among those who share them, in bytes; 0 where the system does not tell. */
    public static long pssBytes() throws IOException {
        return ProcFiles.number(Path.of("/proc/self/smaps_rollup"), "Pss") << 10;
    }

    /** The machine's page cache now, in bytes; 0 where the system does not tell. */
    public static long pageCacheBytes() throws IOException {
        return ProcFiles.number(Path.of("/proc/meminfo"), "Cached") << 10;
    }

    private static long allocatedByAllThreads() {
        ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
        long total = 0;
        for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
            total += Math.max(0, bytes);
        }
        return total;
    }
}

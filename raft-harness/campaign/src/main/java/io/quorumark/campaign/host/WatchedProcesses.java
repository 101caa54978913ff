package io.quorumark.campaign.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** This process, and others of this machine that work for it, watched together by what {@code /proc} says of each. */
public final class WatchedProcesses {
    private final List<Path> others;

    private WatchedProcesses(List<Path> others) {
        this.others = others;
    }

    /**
     * This process and {@code pids}; this process alone if one of those cannot be read: it belongs to somebody else, or has ended.
     *
     * @param pids numbers of processes on this machine, each once
     */
    public static WatchedProcesses with(Collection<Long> pids) {
        List<Path> others = new ArrayList<>();
        for (long pid : pids) {
            if (pid != ProcessHandle.current().pid()) {
                others.add(Path.of("/proc", Long.toString(pid)));
            }
        }
        return new WatchedProcesses(others.stream().allMatch(WatchedProcesses::canBeRead) ? others : List.of());
    }

    /** What each reading needs; the kernel checks permissions when a file is read, and not before. */
    private static boolean canBeRead(Path process) {
        try (Stream<Path> open = Files.list(process.resolve("fd"))) {
            return open.findAny().isPresent()
                    && !Files.readString(process.resolve("io")).isEmpty()
                    && !Files.readString(process.resolve("smaps_rollup")).isEmpty();
        } catch (IOException | UncheckedIOException somebodyElses) {
            // documented: it is then left out
            return false;
        }
    }

    /** Whether there are others than this process. */
    public boolean hasOthers() {
        return !others.isEmpty();
    }

    /**
     * What all have used so far: of the others, processor time and bytes.
     *
     * @throws IOException one of them has ended
     */
    public ProcessUsage usage() throws IOException {
        ProcessUsage all = ProcessUsage.now();
        for (Path process : others) {
            all = all.plus(ProcessUsage.of(process));
        }
        return all;
    }

    /**
     * Processor time of the others, in nanoseconds, so far.
     *
     * @throws IOException one of them has ended
     */
    public long othersCpuNanos() throws IOException {
        long nanos = 0;
        for (Path process : others) {
            nanos += ProcessUsage.of(process).cpuNanos();
        }
        return nanos;
    }

    /** Of the threads of all. */
    public ThreadTimes threads() throws IOException {
        ThreadTimes all = ThreadTimes.now();
        for (Path process : others) {
            all = all.and(ThreadTimes.of(process.resolve("task")));
        }
        return all;
    }

    /** How many files, sockets and the like all have open now; empty if the system does not tell. */
    public OptionalLong openFiles() {
        OptionalLong own = ProcessUsage.openFiles();
        if (own.isEmpty()) {
            return own;
        }
        long all = own.getAsLong();
        for (Path process : others) {
            try (Stream<Path> open = Files.list(process.resolve("fd"))) {
                all += open.count();
            } catch (IOException | UncheckedIOException ended) {
                // the reading at the window's end says so
                return OptionalLong.empty();
            }
        }
        return OptionalLong.of(all);
    }

    /** The most memory that each has had resident since it started, summed, in bytes; 0 if the system does not tell. */
    public long peakRssBytes() throws IOException {
        return sum("status", "VmHWM", ProcessUsage.peakRssBytes());
    }

    /** Resident memory now, with shared pages divided among those who share them, in bytes; 0 if the system does not tell. */
    public long pssBytes() throws IOException {
        return sum("smaps_rollup", "Pss", ProcessUsage.pssBytes());
    }

    private long sum(String file, String key, long own) throws IOException {
        long all = own;
        for (Path process : others) {
            all += ProcFiles.number(process.resolve(file), key) << 10;
        }
        return all;
    }
}

package io.quorumark.app.host;

import io.quorumark.app.MachineFault;
import io.quorumark.app.UsageError;
import io.quorumark.results.model.Trial.MemoryLimit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Control groups (cgroup v2) that bound the memory of a process, page cache included. Made below this process's own group, or beside it where that may have no children, so
 * that no limit that holds for this process is left. See the kernel's {@code Documentation/admin-guide/cgroup-v2.rst}.
 */
public final class MemoryCgroups {
    private static final String WAY_OUT =
            "; run as root with cgroup v2 (systemd-run --scope -p Delegate=yes), or leave out trials.memoryLimitMiB";
    private static final String UNLIMITED = "max";
    private static final int REMOVAL_ATTEMPTS = 100;

    private final Path parent;

    private MemoryCgroups(Path parent) {
        this.parent = parent;
    }

    /**
     * Where this process can make groups.
     *
     * @throws UsageError there is no such place; the message says why
     */
    public static MemoryCgroups ofThisMachine() throws IOException {
        return of(lines("/proc/self/mounts"), lines("/proc/self/cgroup"));
    }

    /**
     * @param mounts lines of {@code /proc/self/mounts}
     * @param ownGroups lines of {@code /proc/self/cgroup}
     */
    static MemoryCgroups of(List<String> mounts, List<String> ownGroups) throws IOException {
        Path own = ownGroup(mounts, ownGroups)
                .orElseThrow(() -> refused("no cgroup v2 is mounted that holds this process", WAY_OUT));
        List<Path> places = new ArrayList<>(List.of(own));
        Path above = own.getParent();
        if (above != null && Files.exists(above.resolve("cgroup.procs"))) {
            places.add(above);
        }
        for (Path place : places) {
            if (words(place.resolve("cgroup.subtree_control")).contains("memory") && Files.isWritable(place)) {
                return new MemoryCgroups(place);
            }
        }
        throw refused(
                words(own.resolve("cgroup.controllers")).contains("memory")
                        ? "this user may not make groups with a memory limit in " + own + " or beside it"
                        : "the memory controller is not with cgroup v2 in " + own + ", which has "
                                + words(own.resolve("cgroup.controllers")),
                WAY_OUT);
    }

    /** The limit that this process runs under; empty where there is none, or the system does not tell. */
    public static Optional<MemoryLimit> ofThisProcess() throws IOException {
        return limitOf(lines("/proc/self/mounts"), lines("/proc/self/cgroup"));
    }

    static Optional<MemoryLimit> limitOf(List<String> mounts, List<String> ownGroups) throws IOException {
        Optional<Path> own = ownGroup(mounts, ownGroups);
        if (own.isEmpty() || !Files.isReadable(own.get().resolve("memory.max"))) {
            return Optional.empty();
        }
        String limit = Files.readString(own.get().resolve("memory.max")).strip();
        Path peak = own.get().resolve("memory.peak");
        return limit.equals(UNLIMITED)
                ? Optional.empty()
                : Optional.of(new MemoryLimit(
                        path(ownGroups).orElseThrow(),
                        Long.parseLong(limit),
                        Files.isReadable(peak)
                                ? Long.parseLong(Files.readString(peak).strip())
                                : 0));
    }

    /**
     * Makes a group and removes it again, to know before anything runs that it can be done.
     *
     * @throws UsageError it cannot
     */
    public void tryOut(long limitBytes) {
        try {
            create("quorumark-check-" + ProcessHandle.current().pid(), limitBytes)
                    .remove();
        } catch (IOException e) {
            throw refused("a group in " + parent + " cannot be made (" + e + ")", WAY_OUT);
        }
    }

    /**
     * Makes a group and reads its limit back.
     *
     * @param name of a folder that does not exist yet
     * @throws IOException the kernel refuses, or has set another limit
     */
    public Group create(String name, long limitBytes) throws IOException {
        Path folder = Files.createDirectory(parent.resolve(name));
        Group group = new Group(folder, limitBytes);
        try {
            Files.writeString(folder.resolve("memory.max"), Long.toString(limitBytes));
            // What the limit pushes out goes to the data's device or nowhere, not to swap.
            if (Files.exists(folder.resolve("memory.swap.max"))) {
                Files.writeString(folder.resolve("memory.swap.max"), "0");
            }
            group.verify();
            return group;
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(folder);
            throw e;
        }
    }

    /** @param limitBytes its {@code memory.max} */
    public record Group(Path folder, long limitBytes) {
        void verify() throws IOException {
            String found = Files.readString(folder.resolve("memory.max")).strip();
            if (!found.equals(Long.toString(limitBytes))) {
                throw new IOException("memory.max of " + folder + " is " + found + ", expected " + limitBytes);
            }
        }

        /** The command, run inside this group from its first instruction on. */
        public List<String> inside(List<String> command) {
            List<String> wrapped = new ArrayList<>(List.of(
                    "/bin/sh",
                    "-c",
                    "echo $$ > \"$0\" && exec \"$@\"",
                    folder.resolve("cgroup.procs").toString()));
            wrapped.addAll(command);
            return wrapped;
        }

        /** Removes it once its last process has ended. */
        public void remove() throws IOException {
            for (int attempt = 1; ; attempt++) {
                try {
                    Files.deleteIfExists(folder);
                    return;
                } catch (IOException e) {
                    // The kernel lets go of a process a moment after its parent has been told of its end.
                    if (attempt == REMOVAL_ATTEMPTS) {
                        throw e;
                    }
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
                }
            }
        }
    }

    /**
     * Fails where this process does not run under exactly this limit.
     *
     * @throws MachineFault with both figures
     */
    public static void require(long limitBytes) throws IOException {
        require(limitBytes, ofThisProcess());
    }

    static void require(long limitBytes, Optional<MemoryLimit> found) {
        if (found.isEmpty() || found.get().limitBytes() != limitBytes) {
            throw new MachineFault("the trial runs under "
                    + found.map(limit -> "a memory limit of " + limit.limitBytes() + " bytes in " + limit.group())
                            .orElse("no memory limit")
                    + ", expected " + limitBytes + " bytes (trials.memoryLimitMiB)");
        }
    }

    private static UsageError refused(String why, String wayOut) {
        return new UsageError("trials.memoryLimitMiB: " + why + wayOut);
    }

    private static Optional<Path> ownGroup(List<String> mounts, List<String> ownGroups) {
        Optional<Path> mount = mounts.stream()
                .map(line -> line.split(" "))
                .filter(fields -> fields.length > 2 && fields[2].equals("cgroup2"))
                .map(fields -> Path.of(fields[1].replace("\\040", " ")))
                .findFirst();
        return mount.flatMap(point ->
                path(ownGroups).map(path -> point.resolve(path.substring(1)).normalize()));
    }

    private static Optional<String> path(List<String> ownGroups) {
        return ownGroups.stream()
                .filter(line -> line.startsWith("0::"))
                .map(line -> line.substring("0::".length()))
                .findFirst();
    }

    private static List<String> words(Path file) throws IOException {
        return Files.isReadable(file)
                ? Arrays.asList(Files.readString(file).strip().split("\\s+"))
                : List.of();
    }

    private static List<String> lines(String file) throws IOException {
        Path path = Path.of(file);
        return Files.isReadable(path) ? Files.readAllLines(path) : List.of();
    }
}

package io.quorumark.campaign.host;

import io.quorumark.campaign.support.HarnessException;
import io.quorumark.campaign.support.UsageError;
import io.quorumark.results.model.Trial.MemoryLimit;
import io.quorumark.results.store.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Control groups that bound the memory of a process, page cache included, of cgroup v2 or, if that has not been given the memory
 * controller, of v1. Made below this process's own group, or with v2 beside it if that may have no children, so that no limit that holds
 * for this process is left. See the kernel's {@code Documentation/admin-guide/cgroup-v2.rst} and {@code cgroup-v1/memory.rst}.
 */
public final class MemoryCgroups {
    private static final String WAY_OUT =
            "; run as root with cgroup v2 (systemd-run --scope -p Delegate=yes), or leave out trials.memoryLimitMiB";
    private static final int REMOVAL_ATTEMPTS = 100;

    private final Path parent;
    private final MemoryFiles files;

    private MemoryCgroups(Path parent, MemoryFiles files) {
        this.parent = parent;
        this.files = files;
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
        Optional<Path> own = MemoryFiles.V2.ownGroup(mounts, ownGroups);
        List<Path> places = new ArrayList<>();
        own.ifPresent(places::add);
        own.map(Path::getParent)
                .filter(above -> Files.exists(above.resolve("cgroup.procs")))
                .ifPresent(places::add);
        for (Path place : places) {
            if (words(place.resolve("cgroup.subtree_control")).contains("memory") && Files.isWritable(place)) {
                return new MemoryCgroups(place, MemoryFiles.V2);
            }
        }
        Optional<Path> ownV1 = MemoryFiles.V1.ownGroup(mounts, ownGroups).filter(Files::isWritable);
        if (ownV1.isPresent()) {
            return new MemoryCgroups(ownV1.get(), MemoryFiles.V1);
        }
        throw refused(
                own.isPresent()
                        ? whyNotIn(own.get())
                        : "no cgroup v2, and none of v1 with the memory controller, is mounted that holds this process");
    }

    private static String whyNotIn(Path own) throws IOException {
        List<String> controllers = words(own.resolve("cgroup.controllers"));
        return controllers.contains("memory")
                ? "this user may not make groups with a memory limit in " + own + " or beside it"
                : "the memory controller is not with cgroup v2 in " + own + ", which has " + controllers
                        + ", and this user may make no groups of v1";
    }

    /** The limit that this process runs under; empty if there is none, or the system does not tell. */
    public static Optional<MemoryLimit> ofThisProcess() throws IOException {
        return limitOf(lines("/proc/self/mounts"), lines("/proc/self/cgroup"));
    }

    static Optional<MemoryLimit> limitOf(List<String> mounts, List<String> ownGroups) throws IOException {
        for (MemoryFiles files : MemoryFiles.values()) {
            Optional<Path> own = files.ownGroup(mounts, ownGroups);
            OptionalLong limit = own.isEmpty() ? OptionalLong.empty() : files.limitBytes(own.get());
            if (limit.isPresent()) {
                return Optional.of(new MemoryLimit(
                        files.path(ownGroups).orElseThrow(),
                        limit.getAsLong(),
                        files.peakBytes(own.orElseThrow()).orElse(0)));
            }
        }
        return Optional.empty();
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
            throw refused("a group in " + parent + " cannot be made (" + AtomicFiles.reason(e) + ")");
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
        Group group = new Group(folder, files, limitBytes);
        try {
            files.limit(folder, limitBytes);
            group.verify();
            return group;
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(folder);
            throw e;
        }
    }

    /** @param limitBytes of its memory, page cache included */
    public record Group(Path folder, MemoryFiles files, long limitBytes) {
        void verify() throws IOException {
            OptionalLong found = files.limitBytes(folder);
            if (!found.equals(OptionalLong.of(limitBytes))) {
                throw new IOException("the memory limit of " + folder + " is "
                        + (found.isPresent() ? found.getAsLong() : "none") + ", expected " + limitBytes);
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

        /** Whether the kernel has killed a process in it that needed more than the limit. */
        public boolean hasKilled() throws IOException {
            return files.kills(folder) > 0;
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
     * Fails if this process does not run under exactly this limit.
     *
     * @throws HarnessException with both figures
     */
    public static void require(long limitBytes) throws IOException {
        require(limitBytes, ofThisProcess());
    }

    static void require(long limitBytes, Optional<MemoryLimit> found) {
        if (found.isEmpty() || found.get().limitBytes() != limitBytes) {
            throw new HarnessException("the trial runs under "
                    + found.map(limit -> "a memory limit of " + limit.limitBytes() + " bytes in " + limit.group())
                            .orElse("no memory limit")
                    + ", expected " + limitBytes + " bytes (trials.memoryLimitMiB)");
        }
    }

    private static UsageError refused(String why) {
        return new UsageError("trials.memoryLimitMiB: " + why + WAY_OUT);
    }

    /** Of a file of the kernel's, none if it cannot be read. */
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

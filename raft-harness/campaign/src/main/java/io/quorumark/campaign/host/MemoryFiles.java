package io.quorumark.campaign.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What the kernel calls the memory files of a control group, in either version of that interface. */
enum MemoryFiles {
    V2("memory.max", "memory.peak", "memory.events") {
        @Override
        boolean isMount(String[] fields) {
            return fields[2].equals("cgroup2");
        }

        @Override
        boolean isGroup(String controllers) {
            return controllers.isEmpty();
        }

        @Override
        void limitSwap(Path group, long memoryBytes) throws IOException {
            writeIfThere(group.resolve("memory.swap.max"), 0);
        }
    },

    V1("memory.limit_in_bytes", "memory.max_usage_in_bytes", "memory.oom_control") {
        @Override
        boolean isMount(String[] fields) {
            return fields[2].equals("cgroup") && hasMemory(fields[3]);
        }

        @Override
        boolean isGroup(String controllers) {
            return hasMemory(controllers);
        }

        /** Of memory and swap together, which is the kernel's way to leave no swap. */
        @Override
        void limitSwap(Path group, long memoryBytes) throws IOException {
            writeIfThere(group.resolve("memory.memsw.limit_in_bytes"), memoryBytes);
        }
    };

    /** V1 knows no word for the lack of a limit and shows a number near the largest one; more than an exbibyte is none. */
    private static final long UNLIMITED_BYTES = 1L << 60;

    /** In both versions; with the blank, as {@code oom_kill_disable} is another line of v1. */
    private static final String KILLS = "oom_kill ";

    private final String limit;
    private final String peak;
    private final String events;

    MemoryFiles(String limit, String peak, String events) {
        this.limit = limit;
        this.peak = peak;
        this.events = events;
    }

    /** @param fields of a line of {@code /proc/self/mounts}: device, folder, type, options */
    abstract boolean isMount(String[] fields);

    /** @param controllers of a line of {@code /proc/self/cgroup} */
    abstract boolean isGroup(String controllers);

    /** What a limit of memory pushes out goes to the data's device or nowhere, not to swap. */
    abstract void limitSwap(Path group, long memoryBytes) throws IOException;

    /** The folder of this process's own group; empty if this version is not there, or has no memory controller. */
    Optional<Path> ownGroup(List<String> mounts, List<String> ownGroups) {
        return mounts.stream()
                .map(line -> line.split(" "))
                .filter(fields -> fields.length > 3 && isMount(fields))
                .map(fields -> Path.of(fields[1].replace("\\040", " ")))
                .findFirst()
                .flatMap(mount -> path(ownGroups)
                        .map(path -> mount.resolve(path.substring(1)).normalize()));
    }

    /** Of this process's own group, below the mount. */
    Optional<String> path(List<String> ownGroups) {
        return ownGroups.stream()
                .map(line -> line.split(":", 3))
                .filter(fields -> fields.length == 3 && isGroup(fields[1]))
                .map(fields -> fields[2])
                .findFirst();
    }

    void limit(Path group, long bytes) throws IOException {
        Files.writeString(group.resolve(limit), Long.toString(bytes));
        limitSwap(group, bytes);
    }

    /** Empty if there is none. */
    OptionalLong limitBytes(Path group) throws IOException {
        OptionalLong bytes = number(group.resolve(limit));
        return bytes.isPresent() && bytes.getAsLong() < UNLIMITED_BYTES ? bytes : OptionalLong.empty();
    }

    /** The most that the group has used; empty if the kernel does not tell. */
    OptionalLong peakBytes(Path group) throws IOException {
        return number(group.resolve(peak));
    }

    /** How many of the group's processes the kernel has killed because the limit left them no memory; 0 if it does not tell. */
    long kills(Path group) throws IOException {
        Path file = group.resolve(events);
        if (!Files.isReadable(file)) {
            return 0;
        }
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(KILLS))
                .mapToLong(line -> Long.parseLong(line.substring(KILLS.length()).strip()))
                .sum();
    }

    private static OptionalLong number(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            return OptionalLong.empty();
        }
        String said = Files.readString(file).strip();
        return said.equals("max") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(said));
    }

    private static boolean hasMemory(String commaSeparated) {
        return Arrays.asList(commaSeparated.split(",")).contains("memory");
    }

    private static void writeIfThere(Path file, long value) throws IOException {
        if (Files.exists(file)) {
            Files.writeString(file, Long.toString(value));
        }
    }
}

package io.quorumark.campaign.host;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * The filesystem that holds a folder.
 *
 * @param type such as {@code ext4}
 * @param device such as {@code /dev/vda}
 * @param mountOptions as mounted, or {@code unknown}
 * @param usableBytes free for this process
 */
public record Filesystem(String type, String device, String mountOptions, long usableBytes) {
    private static final Path MOUNTS = Path.of("/proc/self/mounts");
    private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs");

    /** @param folder that may be absent yet: then of the nearest one above it */
    public static Filesystem above(Path folder) throws IOException {
        Path existing = folder.toAbsolutePath().normalize();
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        return of(existing);
    }

    /** @param folder existing */
    static Filesystem of(Path folder) throws IOException {
        Path real = folder.toRealPath();
        FileStore store = Files.getFileStore(real);
        return new Filesystem(store.type(), store.name(), mountOptions(real), store.getUsableSpace());
    }

    /** Whether nothing written there ever reaches a device. */
    public boolean isInMemory() {
        return isInMemory(type);
    }

    /** The same of a type alone. */
    public static boolean isInMemory(String type) {
        return IN_MEMORY.contains(type);
    }

    private static String mountOptions(Path real) throws IOException {
        if (!Files.isReadable(MOUNTS)) {
            return "unknown";
        }
        return longestMount(Files.readAllLines(MOUNTS), real);
    }

    /** The options of the deepest mount point above {@code real}, from lines of {@code proc(5)}'s {@code mounts} file. */
    static String longestMount(List<String> lines, Path real) {
        String options = "unknown";
        int depth = -1;
        for (String line : lines) {
            String[] fields = line.split(" ");
            if (fields.length < 4) {
                continue;
            }
            Path point = Path.of(fields[1].replace("\\040", " "));
            // A later line covers an earlier one at the same point.
            if (real.startsWith(point) && point.getNameCount() >= depth) {
                depth = point.getNameCount();
                options = fields[3];
            }
        }
        return options;
    }
}

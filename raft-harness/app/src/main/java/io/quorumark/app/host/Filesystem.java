package io.quorumark.app.host;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The filesystem that holds a folder.
 *
 * @param type such as {@code ext4}; {@code tmpfs} keeps nothing on a device
 * @param device such as {@code /dev/vda}
 * @param mountOptions as mounted, or {@code unknown}
 * @param usableBytes free for this process
 */
record Filesystem(String type, String device, String mountOptions, long usableBytes) {
    private static final Path MOUNTS = Path.of("/proc/self/mounts");

    static Filesystem of(Path folder) throws IOException {
        Path real = folder.toRealPath();
        FileStore store = Files.getFileStore(real);
        return new Filesystem(store.type(), store.name(), mountOptions(real), store.getUsableSpace());
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

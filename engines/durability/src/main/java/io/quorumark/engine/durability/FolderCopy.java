package io.quorumark.engine.durability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A folder's content somewhere else. */
final class FolderCopy {
    private FolderCopy() {}

    /** @param absent made, with all that is in {@code folder}; nothing if that is absent too */
    static void make(Path folder, Path absent) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> paths = Files.walk(folder)) {
            all = paths.toList();
        }
        for (Path path : all) {
            Files.copy(path, absent.resolve(folder.relativize(path).toString()));
        }
    }
}

package io.quorumark.engine.durability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Whole folders. */
final class Folders {
    private Folders() {}

    /** Nothing happens if there is none. */
    static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            for (Path path :
                    pathsIn(folder).stream().sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** @param absent made, with all that is in {@code folder}; nothing if that is absent too */
    static void copy(Path folder, Path absent) throws IOException {
        if (Files.exists(folder)) {
            for (Path path : pathsIn(folder)) {
                Files.copy(path, absent.resolve(folder.relativize(path).toString()));
            }
        }
    }

    private static List<Path> pathsIn(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.toList();
        }
    }
}

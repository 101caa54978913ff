package io.quorumark.engine.memory;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Makes names durable: a file that was created or renamed survives power loss only once its folder was forced. */
final class Folders {
    private Folders() {}

    static void force(Path directory) throws IOException {
        try (FileChannel folder = FileChannel.open(directory, StandardOpenOption.READ)) {
            folder.force(true);
        }
    }
}

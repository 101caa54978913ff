package io.quorumark.engine.bridge;

import io.quorumark.engine.Checkpoint;
import io.quorumark.engine.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The folder an engine is opened in. */
final class DataFolder {
    private DataFolder() {}

    /**
     * Makes the folder if it is absent.
     *
     * @param marker the file without which the engine has not finished making its data
     * @return its path without symbolic links
     * @throws EngineException.Io it cannot be made or read
     * @throws EngineException.Corruption it holds other things
     */
    static Path prepare(String engineId, Path directory, String marker) {
        try {
            if (!Files.exists(directory)) {
                Files.createDirectory(directory);
            }
            if (!Files.exists(directory.resolve(marker))) {
                refuseForeign(engineId, directory, marker);
            }
            return directory.toRealPath();
        } catch (IOException e) {
            throw new EngineException.Io(
                    engineId,
                    directory,
                    "the folder cannot be made or read (" + e + "); check its parent and the permissions",
                    e);
        }
    }

    private static void refuseForeign(String engineId, Path directory, String marker) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<String> foreign = files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith(marker) && !name.equals(Checkpoint.SEAL_FILE))
                    .sorted()
                    .toList();
            if (!foreign.isEmpty()) {
                throw new EngineException.Corruption(
                        engineId,
                        directory,
                        "the folder holds no " + marker + " but other things, such as " + foreign.get(0)
                                + "; open an empty folder or one that this engine made",
                        null);
            }
        }
    }
}

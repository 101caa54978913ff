package io.quorumark.engine.rocksdb;

import io.quorumark.engine.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The folder an engine is opened in. RocksDB would make a new database beside whatever is there; this refuses to. */
final class DataFolder {
    /** What RocksDB may leave where it was killed while making a database, before CURRENT makes it one. */
    private static final Pattern UNFINISHED =
            Pattern.compile("LOCK|LOG.*|IDENTITY|MANIFEST-\\d+|OPTIONS-\\d+.*|\\d+\\.(log|sst|dbtmp)");

    private DataFolder() {}

    /**
     * Makes the folder where it is absent.
     *
     * @return its path without symbolic links
     * @throws EngineException.Io it cannot be made or read
     * @throws EngineException.Corruption it holds something else
     */
    static Path prepare(Path directory) {
        try {
            if (!Files.exists(directory)) {
                Files.createDirectory(directory);
            }
            if (!Files.exists(directory.resolve("CURRENT"))) {
                refuseForeign(directory);
            }
            return directory.toRealPath();
        } catch (IOException e) {
            throw new EngineException.Io(
                    RocksDbEngineProvider.ID,
                    directory,
                    "the folder cannot be made or read: " + e + "; check its parent and the permissions",
                    e);
        }
    }

    private static void refuseForeign(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<String> foreign = files.map(file -> file.getFileName().toString())
                    .filter(name -> !UNFINISHED.matcher(name).matches())
                    .sorted()
                    .toList();
            if (!foreign.isEmpty()) {
                throw new EngineException.Corruption(
                        RocksDbEngineProvider.ID,
                        directory,
                        "the folder holds no CURRENT file but other things, such as " + foreign.get(0)
                                + "; open an empty folder or one that RocksDB made",
                        null);
            }
        }
    }
}

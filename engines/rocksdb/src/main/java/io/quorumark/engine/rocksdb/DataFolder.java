package io.quorumark.engine.rocksdb;

import io.quorumark.engine.EngineException;
import io.quorumark.engine.support.ClaimedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The folder an engine is opened in. RocksDB would make a new database beside whatever is there; this refuses to. */
final class DataFolder {
    /** What RocksDB may leave if it was killed while making a database, before CURRENT makes it one. */
    private static final Pattern UNFINISHED =
            Pattern.compile("LOCK|LOG.*|IDENTITY|MANIFEST-\\d+|OPTIONS-\\d+.*|\\d+\\.dbtmp");

    private DataFolder() {}

    /**
     * Makes the folder if it is absent.
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
                ClaimedFolder.refuseForeignFiles(
                        RocksDbEngineProvider.ID,
                        directory,
                        name -> UNFINISHED.matcher(name).matches());
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
}

package io.quorumark.engine.lmdb;

import io.quorumark.engine.support.ClaimedFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * The folder an environment lives in. LMDB would let two openings of one folder in one process destroy each other's locks, and would
 * share it with other processes; neither is refused by LMDB itself.
 */
final class DataFolder {
    static final String DATA_FILE = "data.mdb";
    private static final String LOCK_FILE = "quorumark.lock";
    private static final Set<String> WITHOUT_DATA = Set.of(LOCK_FILE, ReaderTable.FILE);

    private DataFolder() {}

    /**
     * Makes the folder if it is absent, and claims it.
     *
     * @throws io.quorumark.engine.EngineException.Io it cannot be made or read
     * @throws io.quorumark.engine.EngineException.Locked it is open already
     * @throws io.quorumark.engine.EngineException.Corruption it holds something else
     */
    static ClaimedFolder claim(Path directory) {
        return ClaimedFolder.claim(LmdbEngineProvider.ID, directory, LOCK_FILE, realPath -> {
            if (!Files.exists(realPath.resolve(DATA_FILE))) {
                ClaimedFolder.refuseForeignFiles(LmdbEngineProvider.ID, directory, WITHOUT_DATA::contains);
            }
        });
    }
}

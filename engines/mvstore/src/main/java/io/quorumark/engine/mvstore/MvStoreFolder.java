package io.quorumark.engine.mvstore;

import io.quorumark.engine.Checkpoint;
import io.quorumark.engine.support.ClaimedFolder;
import io.quorumark.engine.support.Folders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/** An engine's folder, claimed against this process and others: the store's file and the lock's. */
final class MvStoreFolder {
    static final String STORE = "store.mv";
    private static final String LOCK = "store.lock";
    private static final Set<String> OWN = Set.of(STORE, LOCK, Checkpoint.SEAL_FILE);

    private final ClaimedFolder claimed;
    private final MvStoreErrors errors;

    private MvStoreFolder(ClaimedFolder claimed, MvStoreErrors errors) {
        this.claimed = claimed;
        this.errors = errors;
    }

    /** Makes the folder if it is absent, and claims it. */
    static MvStoreFolder claim(Path directory, MvStoreErrors errors) {
        return new MvStoreFolder(
                ClaimedFolder.claim(
                        MvStoreEngineProvider.ID,
                        directory,
                        LOCK,
                        realPath ->
                                ClaimedFolder.refuseForeignFiles(MvStoreEngineProvider.ID, directory, OWN::contains)),
                errors);
    }

    Path realPath() {
        return claimed.path();
    }

    Path storeFile() {
        return realPath().resolve(STORE);
    }

    /** Makes the files in it survive power loss by their names. */
    void forceNames() {
        try {
            Folders.force(realPath());
        } catch (IOException e) {
            throw errors.io("sync of the folder " + realPath(), e);
        }
    }

    void release() {
        try {
            claimed.close();
        } catch (IOException e) {
            throw errors.io("releasing the lock", e);
        }
    }
}

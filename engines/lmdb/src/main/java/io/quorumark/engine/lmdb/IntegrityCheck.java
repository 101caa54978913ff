package io.quorumark.engine.lmdb;

import io.quorumark.engine.EngineException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lmdbjava.Txn;

/**
 * Whether all trees of a data file are whole, by reading every page of them but the insides of large values. LMDB keeps no checksums: a
 * changed byte inside a key or value that leaves the order intact goes unseen here. The seal of a checkpoint finds it.
 */
final class IntegrityCheck {
    private IntegrityCheck() {}

    /** Of the newest commit, while others go on: a read transaction keeps its pages as they are. */
    static void online(OpenEnvironment environment) throws IOException {
        try (DataFile file = new DataFile(environment.dataFile())) {
            boolean checked = false;
            while (!checked) {
                try (Txn<ByteBuffer> txn = environment.beginRead()) {
                    Optional<DataFile.Meta> newest = file.newest();
                    // Another commit may have ended in between; its pages are not ours to keep.
                    checked = newest.isEmpty() || newest.get().transaction() == txn.getId();
                    if (checked) {
                        require(environment.errors(), file, newest);
                    }
                }
            }
        }
    }

    /**
     * Before LMDB maps it. A file may be shorter than its last page asks for: pages that a commit took and gave back need never have been
     * written. Only then is there something to find out.
     */
    static void beforeOpening(LmdbErrors errors, Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (DataFile file = new DataFile(path)) {
            Optional<DataFile.Meta> newest = file.newest();
            // A file without a meta page is LMDB's to refuse.
            if (newest.isPresent()
                    && file.bytes()
                            < (newest.get().lastPage() + 1) * newest.get().pageBytes()) {
                require(errors, file, newest);
            }
        }
    }

    private static void require(LmdbErrors errors, DataFile file, Optional<DataFile.Meta> newest) throws IOException {
        try {
            if (newest.isEmpty()) {
                throw new Damage("the meta pages are gone");
            }
            walk(file, newest.get());
        } catch (Damage e) {
            throw new EngineException.Corruption(
                    LmdbEngineProvider.ID,
                    errors.directory(),
                    DataFolder.DATA_FILE + " is damaged: " + e.getMessage()
                            + "; restore a checkpoint or start with an empty folder",
                    e);
        }
    }

    private static void walk(DataFile file, DataFile.Meta meta) throws IOException, Damage {
        List<TreeWalk> databases = new ArrayList<>();
        new TreeWalk(file, meta, "free pages", meta.pages(), false, (name, root) -> {}).run();
        new TreeWalk(
                        file,
                        meta,
                        "names",
                        meta.names(),
                        true,
                        (name, root) -> databases.add(
                                new TreeWalk(file, meta, "database '" + name + "'", root, true, (inner, none) -> {})))
                .run();
        for (TreeWalk database : databases) {
            database.run();
        }
    }
}

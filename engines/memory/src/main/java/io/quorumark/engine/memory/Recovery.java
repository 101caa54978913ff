package io.quorumark.engine.memory;

import io.quorumark.engine.EngineException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads an engine's folder back: the newest snapshot, then every log record after it. The tail of the newest log may be torn by a crash; it
 * is cut off at the first record that is not whole. Damage anywhere else is corruption.
 */
final class Recovery {
    private final Path directory;
    private final int keyspaceCount;
    private final @Nullable EncryptionKey key;
    private Store store;
    private long sequence;
    private String finding = "";

    private Recovery(Path directory, int keyspaceCount, @Nullable EncryptionKey key) {
        this.directory = directory;
        this.keyspaceCount = keyspaceCount;
        this.key = key;
        this.store = new Store(directory, keyspaceCount);
    }

    /**
     * What was read back.
     *
     * @param store the content
     * @param lastSequence the last commit; 0 for an empty folder
     * @param finding what was wrong and could be mended, or empty
     */
    record Recovered(Store store, long lastSequence, String finding) {}

    static Recovered run(Path directory, int keyspaceCount, @Nullable EncryptionKey key) throws IOException {
        Recovery recovery = new Recovery(directory, keyspaceCount, key);
        recovery.recover();
        return new Recovered(recovery.store, recovery.sequence, recovery.finding);
    }

    private void recover() throws IOException {
        removeTemporaryFiles();
        readNewestSnapshot();
        NavigableMap<Long, Path> logs = LogNames.logs(directory);
        deleteEmptyAtTheEnd(logs);
        for (Map.Entry<Long, Path> log : logs.entrySet()) {
            replay(log.getValue(), log.getKey(), log.getKey().equals(logs.lastKey()));
        }
    }

    /**
     * What was begun last and holds no commit. Power loss can leave such a file beside an end that is torn of the one before it, and then
     * the torn one is the newest that says anything.
     */
    private void deleteEmptyAtTheEnd(NavigableMap<Long, Path> logs) throws IOException {
        while (logs.size() > 1) {
            Map.Entry<Long, Path> last = logs.lastEntry();
            if (new LogReader(directory, last.getValue(), key)
                    .holdsCommit(last.getKey(), Files.size(last.getValue()))) {
                return;
            }
            Files.delete(last.getValue());
            logs.pollLastEntry();
        }
    }

    /** If the newest snapshot is damaged, an older one that was retained does: the log goes back to the oldest. */
    private void readNewestSnapshot() throws IOException {
        NavigableMap<Long, Path> snapshots = LogNames.snapshots(directory).descendingMap();
        EngineException.Corruption damage = null;
        for (Path snapshot : snapshots.values()) {
            try {
                sequence = SnapshotFile.read(directory, snapshot, store, key);
                if (damage != null) {
                    finding = damage.getMessage() + "; recovered from " + snapshot.getFileName()
                            + " and the log instead: compact to replace it";
                }
                return;
            } catch (EngineException.Corruption e) {
                damage = damage == null ? e : damage;
                store = new Store(directory, keyspaceCount);
            }
        }
        if (damage != null) {
            throw damage;
        }
    }

    private void removeTemporaryFiles() throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "*" + LogNames.TEMPORARY_SUFFIX)) {
            for (Path temporary : found) {
                Files.delete(temporary);
            }
        }
    }

    private void replay(Path log, long firstSequence, boolean newest) throws IOException {
        long fileBytes = Files.size(log);
        long good = new LogReader(directory, log, key)
                .read(firstSequence, fileBytes, (bytes, length, commit) -> apply(log, bytes, length, commit));
        if (good == fileBytes) {
            return;
        }
        if (!newest) {
            throw MemoryErrors.corrupt(
                    directory, log, "is damaged at byte " + good + " of " + fileBytes + ", and newer logs follow");
        }
        // Not a channel: an interrupt would close that.
        try (RandomAccessFile torn = new RandomAccessFile(log.toFile(), "rw")) {
            torn.setLength(good);
            torn.getFD().sync();
        }
    }

    private void apply(Path log, byte[] body, int length, long recordSequence) {
        if (recordSequence <= sequence) {
            return; // in the snapshot already
        }
        if (recordSequence != sequence + 1) {
            throw MemoryErrors.corrupt(
                    directory, log, "begins with commit " + recordSequence + ", expected " + (sequence + 1));
        }
        sequence = recordSequence;
        try {
            store.apply(body, Long.BYTES, length, recordSequence);
        } catch (IllegalArgumentException e) {
            throw MemoryErrors.corrupt(directory, log, "holds a commit that cannot be read: " + e.getMessage());
        }
    }
}

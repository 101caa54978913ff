package io.quorumark.engine.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/** Reads every snapshot and log file of a folder and checks checksums, encryption, and that the logs follow each other. */
final class IntegrityCheck {
    private IntegrityCheck() {}

    /**
     * Checks a folder in which no file is deleted meanwhile.
     *
     * @param newestLog the one that is written to
     * @param newestLogBytes how far it is to be read
     * @throws io.quorumark.engine.EngineException.Corruption something is damaged
     */
    static void run(Path directory, int keyspaceCount, @Nullable EncryptionKey key, Path newestLog, long newestLogBytes)
            throws IOException {
        for (Path snapshot : LogNames.snapshots(directory).values()) {
            long unused = SnapshotFile.read(directory, snapshot, new Store(directory, keyspaceCount), key);
        }
        NavigableMap<Long, Path> logs = LogNames.logs(directory);
        for (Map.Entry<Long, Path> log : logs.entrySet()) {
            boolean newest = log.getValue().getFileName().equals(newestLog.getFileName());
            long end = newest ? newestLogBytes : Files.size(log.getValue());
            long good = new LogReader(directory, log.getValue(), key)
                    .read(log.getKey(), end, (bytes, length, sequence) -> {});
            if (good < end) {
                throw MemoryErrors.corrupt(directory, log.getValue(), "is damaged at byte " + good + " of " + end);
            }
            if (newest) {
                return;
            }
        }
    }
}

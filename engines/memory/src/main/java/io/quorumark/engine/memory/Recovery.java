package io.quorumark.engine.memory;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.zip.CRC32C;

/**
 * Reads an engine's folder back: the newest snapshot, then every log record after it. The tail of the newest log may be torn by a crash; it is cut off at the first record
 * that is not whole. Damage anywhere else is corruption.
 */
final class Recovery {
    private final Path directory;
    private final List<VersionedMap> keyspaces;
    private final CRC32C crc = new CRC32C();
    private long sequence;

    private Recovery(Path directory, List<VersionedMap> keyspaces) {
        this.directory = directory;
        this.keyspaces = keyspaces;
    }

    /**
     * @param keyspaces empty, to be filled
     * @return the last sequence that was recovered; 0 for an empty folder
     */
    static long run(Path directory, List<VersionedMap> keyspaces) throws IOException {
        return new Recovery(directory, keyspaces).recover();
    }

    private long recover() throws IOException {
        removeTemporaryFiles();
        Map.Entry<Long, Path> snapshot = LogNames.snapshots(directory).lastEntry();
        if (snapshot != null) {
            sequence = SnapshotFile.read(directory, snapshot.getValue(), keyspaces);
        }
        NavigableMap<Long, Path> logs = LogNames.logs(directory);
        for (Map.Entry<Long, Path> log : logs.entrySet()) {
            replay(log.getValue(), log.getKey(), log.getKey().equals(logs.lastKey()));
        }
        return sequence;
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
        long good = 0;
        long expected = firstSequence;
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(log), 1 << 20))) {
            byte[] body = new byte[4096];
            while (fileBytes - good >= LogRecord.HEADER_BYTES) {
                int length = in.readInt();
                int checksum = in.readInt();
                if (length < Long.BYTES
                        || length > LogRecord.MAX_BYTES
                        || length > fileBytes - good - LogRecord.PREFIX_BYTES) {
                    break;
                }
                if (body.length < length) {
                    body = new byte[Math.max(length, 2 * body.length)];
                }
                in.readFully(body, 0, length);
                crc.reset();
                crc.update(body, 0, length);
                if ((int) crc.getValue() != checksum || Ints.readLong(body, 0) != expected) {
                    break;
                }
                apply(log, body, length, expected);
                good += LogRecord.PREFIX_BYTES + length;
                expected++;
            }
        }
        if (good == fileBytes) {
            return;
        }
        if (!newest) {
            throw MemoryErrors.corrupt(
                    directory, log, "is damaged at byte " + good + " of " + fileBytes + ", and newer logs follow");
        }
        try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
            channel.truncate(good);
            channel.force(true);
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
            Change.visit(body, Long.BYTES, length, new Apply(keyspaces, recordSequence, recordSequence));
        } catch (IllegalArgumentException e) {
            throw MemoryErrors.corrupt(directory, log, "holds a commit that cannot be read: " + e.getMessage());
        }
        for (VersionedMap keyspace : keyspaces) {
            keyspace.removeDeleted(recordSequence);
        }
    }
}

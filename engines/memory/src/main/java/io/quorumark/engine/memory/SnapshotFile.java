package io.quorumark.engine.memory;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * All content at one sequence: magic number (4 bytes), sequence (8), then records of keyspace ordinal (1), key length (4), value length (4), key, value; then -1 (1 byte),
 * number of records (8), CRC-32C of all before it (8). Written under a temporary name, forced and renamed, so that a file with the final name is whole.
 */
final class SnapshotFile {
    private static final int MAGIC = 0x514D534E;
    private static final int END = -1;
    private static final int BUFFER_BYTES = 1 << 20;

    private SnapshotFile() {}

    /** Writes what a reader at {@code sequence} sees. The caller keeps that sequence pinned. */
    static void write(Path target, List<VersionedMap> keyspaces, long sequence) throws IOException {
        Path temporary = target.resolveSibling(target.getFileName() + LogNames.TEMPORARY_SUFFIX);
        try (FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            CRC32C crc = new CRC32C();
            OutputStream buffered = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
            DataOutputStream out = new DataOutputStream(new CheckedOutputStream(buffered, crc));
            out.writeInt(MAGIC);
            out.writeLong(sequence);
            long records = 0;
            for (int keyspace = 0; keyspace < keyspaces.size(); keyspace++) {
                records += writeKeyspace(out, keyspace, keyspaces.get(keyspace), sequence);
            }
            out.writeByte(END);
            out.writeLong(records);
            out.flush();
            out.writeLong(crc.getValue());
            out.flush();
            channel.force(true);
        } catch (IOException e) {
            Files.deleteIfExists(temporary);
            throw e;
        }
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        Folders.force(directoryOf(target));
    }

    private static long writeKeyspace(DataOutputStream out, int ordinal, VersionedMap keyspace, long sequence)
            throws IOException {
        long records = 0;
        Map.Entry<byte[], Chain> entry = keyspace.first();
        while (entry != null) {
            Version version = Version.at(entry.getValue().newest, sequence);
            byte[] value = version == null ? null : version.value;
            if (value != null) {
                out.writeByte(ordinal);
                out.writeInt(entry.getKey().length);
                out.writeInt(value.length);
                out.write(entry.getKey());
                out.write(value);
                records++;
            }
            entry = keyspace.higher(entry.getKey());
        }
        return records;
    }

    /**
     * Fills empty keyspaces from a snapshot.
     *
     * @return its sequence
     */
    static long read(Path directory, Path file, List<VersionedMap> keyspaces) throws IOException {
        CRC32C crc = new CRC32C();
        try (DataInputStream in = new DataInputStream(
                new CheckedInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES), crc))) {
            if (in.readInt() != MAGIC) {
                throw MemoryErrors.corrupt(directory, file, "is no snapshot of this engine");
            }
            long sequence = in.readLong();
            long records = 0;
            for (int keyspace = in.readByte(); keyspace != END; keyspace = in.readByte()) {
                byte[] key = new byte[checked(directory, file, in.readInt())];
                byte[] value = new byte[checked(directory, file, in.readInt())];
                in.readFully(key);
                in.readFully(value);
                if (keyspace >= keyspaces.size()) {
                    throw MemoryErrors.corrupt(
                            directory,
                            file,
                            "has keyspace " + keyspace + " of " + keyspaces.size()
                                    + ": it was made with other keyspaces");
                }
                keyspaces.get(keyspace).write(key, value, sequence, sequence);
                records++;
            }
            long count = in.readLong();
            long computed = crc.getValue();
            if (in.readLong() != computed || count != records) {
                throw MemoryErrors.corrupt(directory, file, "fails its checksum");
            }
            return sequence;
        } catch (EOFException e) {
            throw MemoryErrors.corrupt(directory, file, "ends too early");
        }
    }

    private static Path directoryOf(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException("'" + file + "' is not in a folder");
        }
        return parent;
    }

    private static int checked(Path directory, Path file, int length) {
        if (length < 0 || length > LogRecord.MAX_BYTES) {
            throw MemoryErrors.corrupt(directory, file, "has a record of " + length + " bytes");
        }
        return length;
    }
}

package io.quorumark.engine.memory;

import io.quorumark.engine.support.Folders;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * All content at one sequence: magic number (4 bytes), sequence (8), then records of keyspace ordinal (1), key length (4), value length
 * (4), key, value; then -1 (1 byte), number of records (8), CRC-32C of all before it (8). Written under a temporary name, forced and
 * renamed, so that a file with the final name is whole.
 */
final class SnapshotFile {
    private static final int MAGIC = 0x514D534E;
    private static final int END = -1;
    private static final int BUFFER_BYTES = 1 << 20;

    private SnapshotFile() {}

    /** Writes what a reader at {@code sequence} sees. The caller keeps that sequence pinned. */
    static void write(Path target, Store store, long sequence, @Nullable EncryptionKey key) throws IOException {
        Path temporary = target.resolveSibling(target.getFileName() + LogNames.TEMPORARY_SUFFIX);
        // Not a channel: an interrupt would close that.
        try (FileOutputStream file = new FileOutputStream(temporary.toFile())) {
            CRC32C crc = new CRC32C();
            OutputStream buffered = new BufferedOutputStream(file, BUFFER_BYTES);
            SealedStream.Output encrypted = key == null ? null : new SealedStream.Output(buffered, key);
            DataOutputStream out =
                    new DataOutputStream(new CheckedOutputStream(encrypted == null ? buffered : encrypted, crc));
            out.writeInt(MAGIC);
            out.writeLong(sequence);
            long records = 0;
            for (int keyspace = 0; keyspace < store.keyspaceCount(); keyspace++) {
                records += writeKeyspace(out, keyspace, store.walk(keyspace, sequence));
            }
            out.writeByte(END);
            out.writeLong(records);
            out.flush();
            out.writeLong(crc.getValue());
            out.flush();
            if (encrypted != null) {
                encrypted.finish();
            }
            file.getFD().sync();
        } catch (IOException e) {
            Files.deleteIfExists(temporary);
            throw e;
        }
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        Folders.force(Folders.parentOf(target));
    }

    private static long writeKeyspace(DataOutputStream out, int ordinal, Walk walk) throws IOException {
        long records = 0;
        for (boolean on = walk.go(Seek.FIRST, new KeyProbe()); on; on = walk.goOn(true)) {
            CopiedBytes key = walk.key();
            CopiedBytes value = walk.value();
            out.writeByte(ordinal);
            out.writeInt(key.length());
            out.writeInt(value.length());
            out.write(key.bytes(), 0, key.length());
            out.write(value.bytes(), 0, value.length());
            records++;
        }
        return records;
    }

    /**
     * Fills an empty store from a snapshot.
     *
     * @return its sequence
     */
    static long read(Path directory, Path file, Store store, @Nullable EncryptionKey key) throws IOException {
        CRC32C crc = new CRC32C();
        try (DataInputStream in = new DataInputStream(new CheckedInputStream(input(file, key), crc))) {
            if (in.readInt() != MAGIC) {
                throw MemoryErrors.corrupt(directory, file, "is no snapshot of this engine");
            }
            long sequence = in.readLong();
            long records = 0;
            KeyProbe probe = new KeyProbe();
            for (int keyspace = in.readByte(); keyspace != END; keyspace = in.readByte()) {
                byte[] recordKey = new byte[checked(directory, file, in.readInt())];
                byte[] value = new byte[checked(directory, file, in.readInt())];
                in.readFully(recordKey);
                in.readFully(value);
                if (keyspace < 0 || keyspace >= store.keyspaceCount()) {
                    throw MemoryErrors.corrupt(
                            directory,
                            file,
                            "has keyspace " + keyspace + " of " + store.keyspaceCount()
                                    + ": it was made with other keyspaces");
                }
                store.load(keyspace, probe.at(recordKey, 0, recordKey.length), value, sequence);
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
        } catch (SealedStream.DamagedException e) {
            throw MemoryErrors.corrupt(directory, file, "is damaged: " + e.getMessage());
        }
    }

    private static InputStream input(Path file, @Nullable EncryptionKey key) throws IOException {
        InputStream buffered = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
        if (key == null) {
            return buffered;
        }
        try {
            return new BufferedInputStream(new SealedStream.Input(buffered, key), BUFFER_BYTES);
        } catch (IOException e) {
            buffered.close();
            throw e;
        }
    }

    private static int checked(Path directory, Path file, int length) {
        if (length < 0 || length > LogRecord.MAX_BYTES) {
            throw MemoryErrors.corrupt(directory, file, "has a record of " + length + " bytes");
        }
        return length;
    }
}

package io.quorumark.raft.state;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/**
 * The one file of a snapshot: magic (8 bytes), applied index (8), records (length, key, length, value), -1 (4), record count (8), CRC-32C
 * of all before (8). Numbers are big-endian.
 */
public final class SnapshotFile {
    /** Of the file in a snapshot's folder. */
    public static final String NAME = "state";

    private static final long MAGIC = 0x514d_534e_4150_3031L; // "QMSNAP01"
    private static final int END = -1;
    private static final int BUFFER_BYTES = 1 << 20;
    private static final int MAX_BATCH_BYTES = 1 << 20;

    private SnapshotFile() {}

    /** Writes {@code state} into a new file; durable on return if {@code sync}. */
    public static void write(Path file, FrozenState state, boolean sync) throws IOException {
        CRC32C checksum = new CRC32C();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            RecordWriter writer = new RecordWriter(bytes -> {
                checksum.update(bytes.duplicate());
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            });
            writer.writeLong(MAGIC);
            writer.writeLong(state.appliedIndex());
            long count = state.writeTo(writer);
            writer.writeInt(END);
            writer.writeLong(count);
            writer.flush();
            writer.writeLong(checksum.getValue());
            writer.flush();
            if (sync) {
                channel.force(true);
            }
        }
    }

    /**
     * Reads the file to its end and compares the checksum.
     *
     * @return the applied index
     * @throws IOException it is not whole; the message names it
     */
    public static long verify(Path file) throws IOException {
        CRC32C checksum = new CRC32C();
        long checkedBytes = Files.size(file) - Long.BYTES;
        if (checkedBytes < 3 * Long.BYTES + Integer.BYTES) {
            throw damaged(file, "it is too short");
        }
        try (InputStream plain = Files.newInputStream(file);
                DataInputStream in = new DataInputStream(new CheckedInputStream(plain, checksum))) {
            if (in.readLong() != MAGIC) {
                throw damaged(file, "it is not a snapshot");
            }
            long appliedIndex = in.readLong();
            byte[] piece = new byte[BUFFER_BYTES];
            for (long left = checkedBytes - 2 * Long.BYTES; left > 0; ) {
                int length = (int) Math.min(left, piece.length);
                in.readFully(piece, 0, length);
                left -= length;
            }
            long expected = checksum.getValue();
            if (in.readLong() != expected) {
                throw damaged(file, "its checksum does not fit");
            }
            return appliedIndex;
        }
    }

    /** Replaces every record of {@code store} by those of a verified file, in batches of bounded size. */
    public static void load(Path file, StateStore store) throws IOException {
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES))) {
            in.readLong();
            long appliedIndex = in.readLong();
            store.beginLoad();
            byte[] key = new byte[0];
            byte[] value = new byte[0];
            int pendingBytes = 0;
            for (int keyLength = in.readInt(); keyLength != END; keyLength = in.readInt()) {
                key = roomFor(key, keyLength);
                in.readFully(key, 0, keyLength);
                int valueLength = in.readInt();
                value = roomFor(value, valueLength);
                in.readFully(value, 0, valueLength);
                store.load(ByteBuffer.wrap(key, 0, keyLength), ByteBuffer.wrap(value, 0, valueLength));
                pendingBytes += keyLength + valueLength;
                if (pendingBytes >= MAX_BATCH_BYTES) {
                    store.flushLoad();
                    pendingBytes = 0;
                }
            }
            store.endLoad(appliedIndex);
        }
    }

    private static byte[] roomFor(byte[] array, int length) {
        return array.length >= length ? array : new byte[Math.max(length, 2 * array.length)];
    }

    private static IOException damaged(Path file, String why) {
        return new IOException(
                "snapshot " + file + " is damaged: " + why + "; remove the member's folder and let it join again");
    }
}

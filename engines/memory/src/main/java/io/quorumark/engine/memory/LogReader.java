package io.quorumark.engine.memory;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Reads the commits of one log file, from the first to the first that is not whole. */
final class LogReader {
    private static final int BUFFER_BYTES = 1 << 20;

    private final Path directory;
    private final Path log;
    private final @Nullable EncryptionKey key;
    private final CRC32C crc = new CRC32C();

    LogReader(Path directory, Path log, @Nullable EncryptionKey key) {
        this.directory = directory;
        this.log = log;
        this.key = key;
    }

    /** Takes one commit. */
    @FunctionalInterface
    interface Commits {
        /** @param bytes the sequence, then changes, in the first {@code length} bytes; lent */
        void take(byte[] bytes, int length, long sequence);
    }

    /**
     * Reads up to byte {@code end}.
     *
     * @param firstSequence of the first commit
     * @return how many bytes are whole, from the beginning
     */
    long read(long firstSequence, long end, Commits commits) throws IOException {
        return read(firstSequence, end, Long.MAX_VALUE, commits);
    }

    /** Whether a whole commit stands before byte {@code end}; reads no further than the first. */
    boolean holdsCommit(long firstSequence, long end) throws IOException {
        return read(firstSequence, end, 1, (bytes, length, sequence) -> {}) > Frames.headerBytes(key);
    }

    private long read(long firstSequence, long end, long atMost, Commits commits) throws IOException {
        int headerBytes = Frames.headerBytes(key);
        if (end < headerBytes) {
            return 0;
        }
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(log), BUFFER_BYTES))) {
            byte[] header = new byte[headerBytes];
            in.readFully(header);
            return readFrames(in, Frames.ofFile(key, header), firstSequence, headerBytes, end, atMost, commits);
        }
    }

    private long readFrames(
            DataInputStream in, Frames frames, long firstSequence, long from, long end, long atMost, Commits commits)
            throws IOException {
        long good = from;
        long expected = firstSequence;
        byte[] body = new byte[4096];
        while (end - good >= LogRecord.HEADER_BYTES && expected - firstSequence < atMost) {
            int length = in.readInt();
            int checksum = in.readInt();
            if (length < Long.BYTES || length > LogRecord.MAX_BYTES || length > end - good - LogRecord.PREFIX_BYTES) {
                break;
            }
            if (body.length < length) {
                body = new byte[Math.max(length, 2 * body.length)];
            }
            in.readFully(body, 0, length);
            crc.reset();
            crc.update(body, 0, length);
            if ((int) crc.getValue() != checksum) {
                break;
            }
            Frames.Plain plain = frames.open(body, length);
            if (plain == null) {
                throw MemoryErrors.corrupt(
                        directory, log, "holds a commit at byte " + good + " that was changed on purpose");
            }
            if (Ints.readLong(plain.bytes(), 0) != expected) {
                break;
            }
            commits.take(plain.bytes(), plain.length(), expected);
            good += LogRecord.PREFIX_BYTES + length;
            expected++;
        }
        return good;
    }
}

package io.quorumark.engine.memory;

import java.util.zip.CRC32C;
import javax.crypto.AEADBadTagException;
import org.jspecify.annotations.Nullable;

/**
 * How commits stand in one log file: as {@link LogRecord}s, or encrypted. An encrypted file begins with its salt. In an encrypted frame,
 * what follows the length and the checksum is a number that is used once (8 bytes) and the encrypted sequence and changes. Writing is for
 * one thread at a time; so is reading.
 */
final class Frames {
    private static final int NUMBER_BYTES = Long.BYTES;

    private final byte[] header;
    private final @Nullable FileCipher cipher;
    private final CRC32C crc = new CRC32C();
    private byte[] frame = new byte[0];
    private int frameLength;
    private long nextNumber;

    private Frames(byte[] header, @Nullable FileCipher cipher) {
        this.header = header;
        this.cipher = cipher;
    }

    /** Of a file to be written. */
    static Frames ofNewFile(@Nullable EncryptionKey key) {
        return ofFile(key, key == null ? new byte[0] : key.newSalt());
    }

    /** Of a file that begins with {@code header}. */
    static Frames ofFile(@Nullable EncryptionKey key, byte[] header) {
        return new Frames(header, key == null ? null : key.cipherOf(header));
    }

    /** How a file begins, in bytes. */
    static int headerBytes(@Nullable EncryptionKey key) {
        return key == null ? 0 : EncryptionKey.SALT_BYTES;
    }

    byte[] header() {
        return header;
    }

    /** Makes the frame of the record in the first {@code length} bytes; to be had from {@link #frame} until the next one. */
    void seal(byte[] record, int length, long sequence) {
        if (cipher == null) {
            LogRecord.seal(record, length, sequence, crc);
            frame = record;
            frameLength = length;
            return;
        }
        Ints.writeLong(record, LogRecord.PREFIX_BYTES, sequence);
        int plainLength = length - LogRecord.PREFIX_BYTES;
        int needed = LogRecord.PREFIX_BYTES + NUMBER_BYTES + plainLength + FileCipher.TAG_BYTES;
        if (frame.length < needed) {
            frame = new byte[Math.max(needed, 2 * frame.length)];
        }
        long number = nextNumber++;
        int sealed = cipher.seal(
                number, record, LogRecord.PREFIX_BYTES, plainLength, frame, LogRecord.PREFIX_BYTES + NUMBER_BYTES);
        Ints.writeLong(frame, LogRecord.PREFIX_BYTES, number);
        frameLength = LogRecord.PREFIX_BYTES + NUMBER_BYTES + sealed;
        LogRecord.sealPrefix(frame, frameLength, crc);
    }

    byte[] frame() {
        return frame;
    }

    /** In bytes. */
    int frameLength() {
        return frameLength;
    }

    /** One commit read back: sequence, then changes, in the first {@code length} bytes. */
    @SuppressWarnings("ArrayRecordComponent") // lent to one reader: never compared
    record Plain(byte[] bytes, int length) {}

    /**
     * What stands in a frame whose checksum is right.
     *
     * @param body without length and checksum
     * @return null if it was changed together with its checksum
     */
    @Nullable
    Plain open(byte[] body, int length) {
        if (cipher == null) {
            return new Plain(body, length);
        }
        if (length < NUMBER_BYTES + FileCipher.TAG_BYTES) {
            return null;
        }
        try {
            byte[] plain = cipher.open(Ints.readLong(body, 0), body, NUMBER_BYTES, length - NUMBER_BYTES);
            return new Plain(plain, plain.length);
        } catch (AEADBadTagException e) {
            return null;
        }
    }
}

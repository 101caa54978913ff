package io.quorumark.engine.memory;

import java.util.zip.CRC32C;

/**
 * The frame of a commit in the log: length of what follows the frame's first eight bytes (4 bytes), CRC-32C of the same (4), sequence (8),
 * changes. Big-endian.
 */
final class LogRecord {
    static final int PREFIX_BYTES = 8;
    static final int HEADER_BYTES = PREFIX_BYTES + Long.BYTES;
    /** A longer record is taken for damage. */
    static final int MAX_BYTES = 1 << 30;

    private LogRecord() {}

    /** Fills in the header of the record that stands in the first {@code length} bytes. */
    static void seal(byte[] record, int length, long sequence, CRC32C crc) {
        Ints.writeLong(record, PREFIX_BYTES, sequence);
        sealPrefix(record, length, crc);
    }

    /** Fills in length and checksum of what follows them. */
    static void sealPrefix(byte[] record, int length, CRC32C crc) {
        crc.reset();
        crc.update(record, PREFIX_BYTES, length - PREFIX_BYTES);
        Ints.write(record, 0, length - PREFIX_BYTES);
        Ints.write(record, 4, (int) crc.getValue());
    }
}

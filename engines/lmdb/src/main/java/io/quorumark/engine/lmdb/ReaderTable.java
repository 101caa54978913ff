package io.quorumark.engine.lmdb;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/**
 * The room of LMDB's reader table on the device. LMDB makes the file with a length but without blocks, and writes to it through a memory
 * map: if the device is full by then, the first reader that needs another page of it ends the process.
 */
final class ReaderTable {
    static final String FILE = "lock.mdb";

    /** One slot, and each of two headers before the first: a cache line. */
    private static final int SLOT_BYTES = 64;

    private static final int HEADER_SLOTS = 2;

    private ReaderTable() {}

    /** Takes the room that is still missing. Only before LMDB has the folder open. */
    static void reserve(Path folder, int maxReaders) throws IOException {
        long bytes = (long) SLOT_BYTES * (HEADER_SLOTS + maxReaders);
        // Not a channel: an interrupt would close that.
        try (RandomAccessFile file = new RandomAccessFile(folder.resolve(FILE).toFile(), "rw")) {
            long missing = bytes - file.length();
            if (missing > 0) {
                file.seek(file.length());
                file.write(new byte[Math.toIntExact(missing)]);
            }
        }
    }
}

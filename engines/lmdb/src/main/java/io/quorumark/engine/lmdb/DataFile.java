package io.quorumark.engine.lmdb;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A data file, read as bytes: its two meta pages and any other page by number. Reading it through LMDB's map would trust what is on the
 * pages, and end the process if the file is shorter than they say. The layout is that of LMDB 0.9 on 64-bit platforms ({@code mdb.c}:
 * {@code MDB_meta}, {@code MDB_page}).
 */
final class DataFile implements AutoCloseable {
    private static final int MAGIC = 0xBEEFC0DE;
    private static final int META_BYTES = 152;
    private static final int MIN_PAGE_BYTES = 512;
    private static final int MAX_PAGE_BYTES = 32 << 10;

    /**
     * What a commit ends with.
     *
     * @param pages the free pages' tree
     * @param names the tree of the databases' names
     */
    record Meta(long transaction, long lastPage, int pageBytes, TreeRoot pages, TreeRoot names) {}

    /** Not a channel: an interrupt would close that. */
    private final RandomAccessFile file;

    DataFile(Path path) throws IOException {
        this.file = new RandomAccessFile(path.toFile(), "r");
    }

    long bytes() throws IOException {
        return file.length();
    }

    /** The meta page of the newest commit, or nothing if the file has none that LMDB would take. */
    Optional<Meta> newest() throws IOException {
        Optional<Meta> first = meta(0);
        if (first.isEmpty()) {
            return first;
        }
        Optional<Meta> second = meta(first.get().pageBytes());
        return second.isPresent() && second.get().transaction() > first.get().transaction() ? second : first;
    }

    private Optional<Meta> meta(long position) throws IOException {
        ByteBuffer found = buffer(META_BYTES);
        // A commit may be writing it at this moment.
        ByteBuffer again = buffer(META_BYTES);
        do {
            readFully(found.clear(), position);
            readFully(again.clear(), position);
        } while (!found.flip().equals(again.flip()));
        if (found.remaining() < META_BYTES || found.getInt(16) != MAGIC) {
            return Optional.empty();
        }
        int pageBytes = found.getInt(40);
        if (pageBytes < MIN_PAGE_BYTES || pageBytes > MAX_PAGE_BYTES || Integer.bitCount(pageBytes) != 1) {
            return Optional.empty();
        }
        return Optional.of(new Meta(
                found.getLong(144),
                found.getLong(136),
                pageBytes,
                TreeRoot.readFrom(found, 40),
                TreeRoot.readFrom(found, 40 + TreeRoot.BYTES)));
    }

    /** Reads as much into {@code target}, which is on the heap, as there is. */
    void readFully(ByteBuffer target, long position) throws IOException {
        file.seek(position);
        while (target.hasRemaining()) {
            int count = file.read(target.array(), target.arrayOffset() + target.position(), target.remaining());
            if (count < 0) {
                return;
            }
            target.position(target.position() + count);
        }
    }

    static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder());
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}

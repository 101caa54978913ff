package io.quorumark.engine.mvstore;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.zip.ZipOutputStream;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.RandomAccessStore;
import org.h2.mvstore.SFChunk;
import org.jspecify.annotations.Nullable;

/**
 * MVStore's file without a channel: an interrupt of a thread that reads or writes closes a channel for good, for every thread. It counts
 * all syncs, MVStore's own before it cuts the file included.
 */
final class InterruptProofFile extends RandomAccessStore {
    private static final int READERS = 4;

    private final RandomAccessFile file;
    private final RandomAccessFile[] readers = new RandomAccessFile[READERS];
    private final LongAdder syncs = new LongAdder();

    /** @param config as the builder of a store makes it; opens the file, and makes it if absent */
    InterruptProofFile(Map<String, Object> config, String path) throws IOException {
        super(config);
        file = new RandomAccessFile(path, "rw");
        for (int i = 0; i < READERS; i++) {
            readers[i] = new RandomAccessFile(path, "r");
        }
        init(path, false);
        saveChunkLock.lock();
        try {
            setSize(file.length());
        } finally {
            saveChunkLock.unlock();
        }
    }

    long syncs() {
        return syncs.sum();
    }

    long writtenBytes() {
        return writeBytes.get();
    }

    int autoCompactFillRatePercent() {
        return getAutoCompactFillRate();
    }

    /** It is open from the beginning. */
    @Override
    public void open(String path, boolean readOnly, char @Nullable [] key) {}

    @Override
    public InterruptProofFile open(String path, boolean readOnly) {
        throw new UnsupportedOperationException("a second opening of " + path);
    }

    @Override
    public ByteBuffer readFully(SFChunk chunk, long position, int length) {
        byte[] bytes = new byte[length];
        RandomAccessFile reader = readers[(int) (Thread.currentThread().getId() % READERS)];
        try {
            synchronized (reader) {
                reader.seek(position);
                reader.readFully(bytes);
            }
        } catch (IOException e) {
            throw failed(DataUtils.ERROR_READING_FAILED, "cannot be read at " + position, e);
        }
        return ByteBuffer.wrap(bytes);
    }

    @Override
    protected void writeFully(SFChunk chunk, long position, ByteBuffer source) {
        int length = source.remaining();
        setSize(Math.max(size(), position + length));
        try {
            synchronized (file) {
                file.seek(position);
                file.write(source.array(), source.arrayOffset() + source.position(), length);
            }
        } catch (IOException e) {
            throw failed(DataUtils.ERROR_WRITING_FAILED, "cannot be written at " + position, e);
        }
        source.position(source.limit());
        writeCount.incrementAndGet();
        writeBytes.addAndGet(length);
    }

    @Override
    protected void truncate(long length) {
        try {
            file.setLength(length);
        } catch (IOException e) {
            throw failed(DataUtils.ERROR_WRITING_FAILED, "cannot be cut to " + length, e);
        }
        writeCount.incrementAndGet();
        setSize(Math.min(size(), length));
    }

    @Override
    public void sync() {
        try {
            file.getFD().sync();
        } catch (IOException e) {
            throw failed(DataUtils.ERROR_WRITING_FAILED, "cannot be synced", e);
        }
        syncs.increment();
    }

    @Override
    public void backup(ZipOutputStream out) {
        throw new UnsupportedOperationException("copies are checkpoints");
    }

    @Override
    public void close() {
        try {
            file.close();
            for (RandomAccessFile reader : readers) {
                reader.close();
            }
        } catch (IOException e) {
            throw failed(DataUtils.ERROR_WRITING_FAILED, "cannot be closed", e);
        } finally {
            super.close();
        }
    }

    private MVStoreException failed(int code, String what, IOException cause) {
        return DataUtils.newMVStoreException(code, "{0} {1}: {2}", getFileName(), what, cause.getMessage(), cause);
    }
}

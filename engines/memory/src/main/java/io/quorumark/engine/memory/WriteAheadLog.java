package io.quorumark.engine.memory;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.CRC32C;

/**
 * The log's newest file. Appended to by one writer at a time; {@link #awaitDurable} may be called by many, who then share syncs: one of them forces the file on behalf of all
 * that have appended by then, the others wait for it.
 *
 * <p>Records of {@link Durability#NONE} wait in a buffer until it is full or a stronger record follows.
 */
final class WriteAheadLog implements AutoCloseable {
    private static final int BUFFER_BYTES = 256 << 10;

    private final Path directory;
    private final CRC32C crc = new CRC32C();
    private final ByteBuffer pending = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final ReentrantLock syncLock = new ReentrantLock();
    /** Finished files that were not forced yet; guarded by the sync lock. */
    private final Deque<LogFile> finished = new ArrayDeque<>();

    private final LongAdder syncs = new LongAdder();
    private final LongAdder bytesWritten = new LongAdder();
    private volatile LogFile file;
    private volatile long writtenSequence;
    private volatile long durableSequence;

    /** @param lastSequence of what is in the folder already */
    WriteAheadLog(Path directory, long lastSequence) throws IOException {
        this.directory = directory;
        Path first = directory.resolve(LogNames.log(lastSequence + 1));
        // A crash right after a file was begun leaves it without a whole record; recovery has emptied it.
        Files.deleteIfExists(first);
        this.file = LogFile.create(first);
        this.writtenSequence = lastSequence;
        Folders.force(directory);
    }

    /** Takes a record. On return it is as durable as {@code durability} says, save for {@link Durability#POWER_LOSS}, which needs {@link #awaitDurable}. Writer only. */
    void append(byte[] record, int length, long sequence, Durability durability) {
        LogRecord.seal(record, length, sequence, crc);
        if (length > pending.remaining()) {
            flush(sequence - 1);
        }
        if (length > pending.capacity()) {
            write(ByteBuffer.wrap(record, 0, length));
            writtenSequence = sequence;
            return;
        }
        int start = pending.position();
        pending.put(record, 0, length);
        if (durability != Durability.NONE) {
            try {
                flush(sequence);
            } catch (EngineException e) {
                pending.position(start);
                throw e;
            }
        }
    }

    /**
     * Hands buffered records to the operating system. Writer only.
     *
     * @param lastSequence of them
     */
    void flush(long lastSequence) {
        if (pending.position() > 0) {
            pending.flip();
            try {
                write(pending);
                pending.clear();
            } catch (EngineException e) {
                // Nothing was written: everything waits again.
                pending.position(pending.limit()).limit(pending.capacity());
                throw e;
            }
        }
        writtenSequence = lastSequence;
    }

    private void write(ByteBuffer bytes) {
        int length = bytes.remaining();
        LogFile current = file;
        try {
            current.append(bytes);
            bytesWritten.add(length);
        } catch (IOException e) {
            throw MemoryErrors.ofWrite(directory, current.path(), e);
        }
    }

    /** Returns when every record up to this sequence, which was written before, survives power loss. */
    void awaitDurable(long sequence) {
        if (durableSequence >= sequence) {
            return;
        }
        syncLock.lock();
        try {
            if (durableSequence >= sequence) {
                return;
            }
            long covered = writtenSequence;
            for (LogFile next = finished.peek(); next != null; next = finished.peek()) {
                next.force();
                next.close();
                finished.remove();
            }
            file.force();
            syncs.increment();
            durableSequence = Math.max(durableSequence, covered);
        } catch (IOException e) {
            throw new EngineException.Io(
                    MemoryEngineProvider.ID,
                    directory,
                    "the log could not be forced to the device (" + e.getMessage()
                            + "); whether the last commits survive power loss is unknown: close and reopen",
                    e);
        } finally {
            syncLock.unlock();
        }
    }

    /** Starts a new file after {@code lastSequence}. The old one is forced with the next sync. Writer only. */
    void rotate(long lastSequence) {
        flush(lastSequence);
        if (file.length() == 0) {
            return;
        }
        syncLock.lock();
        try {
            LogFile next = LogFile.create(directory.resolve(LogNames.log(lastSequence + 1)));
            finished.add(file);
            file = next;
            Folders.force(directory);
        } catch (IOException e) {
            throw MemoryErrors.ofWrite(directory, directory, e);
        } finally {
            syncLock.unlock();
        }
    }

    /** Of the newest file. */
    long fileBytes() {
        return file.length();
    }

    /** Since opening. */
    long syncs() {
        return syncs.sum();
    }

    /** Since opening. */
    long bytesWritten() {
        return bytesWritten.sum();
    }

    /** Closes the files without forcing them. Writer only. */
    @Override
    public void close() throws IOException {
        syncLock.lock();
        try {
            for (LogFile old : finished) {
                old.close();
            }
            LogFile last = file;
            last.close();
            if (last.length() == 0) {
                Files.delete(last.path());
            }
        } finally {
            syncLock.unlock();
        }
    }
}

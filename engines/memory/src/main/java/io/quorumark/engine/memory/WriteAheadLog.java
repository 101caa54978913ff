package io.quorumark.engine.memory;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.support.Folders;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The log's newest file. Appended to by one writer at a time; {@link #awaitDurable} may be called by many, who then share syncs: one of
 * them forces the file on behalf of all that have appended by then, the others wait for it.
 *
 * <p>Records of {@link Durability#NONE} wait in a buffer until it is full or a stronger record follows.
 */
final class WriteAheadLog implements AutoCloseable {
    private static final int BUFFER_BYTES = 256 << 10;

    private final Path directory;
    private final LogSync mode;
    private final Durability promised;
    private final @Nullable EncryptionKey key;
    private final ByteBuffer pending = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final ReentrantLock syncLock = new ReentrantLock();
    /** Finished files that were not forced yet; guarded by the sync lock. */
    private final Deque<LogFile> finished = new ArrayDeque<>();
    /** Whether the newest file's name may be missing after power loss; guarded by the sync lock. */
    private boolean nameNotForced;

    private final LongAdder syncs = new LongAdder();
    private final LongAdder bytesWritten = new LongAdder();
    private volatile LogFile file;
    /** Of that file. Writer only. */
    private Frames frames;
    /** Why the log takes nothing any more: what a failed force has left on the device is unknown, and asking again would not tell. */
    private volatile @Nullable IOException broken;

    private volatile long writtenSequence;
    private volatile long durableSequence;

    /**
     * @param promised the most that a commit may ask for
     * @param lastSequence of what is in the folder already
     */
    WriteAheadLog(Path directory, MemorySettings settings, Durability promised, long lastSequence) throws IOException {
        this.directory = directory;
        this.promised = promised;
        this.mode = settings.sync();
        this.key = settings.key();
        Path first = directory.resolve(LogNames.log(lastSequence + 1));
        // A crash right after a file was begun leaves it without a whole record; recovery has emptied it.
        Files.deleteIfExists(first);
        this.frames = Frames.ofNewFile(key);
        this.file = begin(first, frames);
        this.writtenSequence = lastSequence;
        Folders.force(directory);
    }

    private static LogFile begin(Path path, Frames frames) throws IOException {
        LogFile file = LogFile.create(path);
        try {
            file.append(ByteBuffer.wrap(frames.header()));
            return file;
        } catch (IOException | RuntimeException | Error e) {
            discard(file, e);
            throw e;
        }
    }

    /** Closes and deletes a file that was begun in vain: its name would stop the next attempt. */
    private static void discard(LogFile file, Throwable cause) {
        try (file) {
            Files.delete(file.path());
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    private boolean isEmpty(LogFile log) {
        return log.length() <= Frames.headerBytes(key);
    }

    /**
     * Takes a record. On return it is as durable as {@code durability} says, save for {@link Durability#POWER_LOSS}, which needs
     * {@link #awaitDurable}. Writer only.
     */
    void append(byte[] record, int length, long sequence, Durability durability) {
        checkWhole();
        frames.seal(record, length, sequence);
        int frameLength = frames.frameLength();
        if (frameLength > pending.remaining()) {
            flush(sequence - 1);
        }
        if (frameLength > pending.capacity()) {
            write(ByteBuffer.wrap(frames.frame(), 0, frameLength));
            writtenSequence = sequence;
            return;
        }
        int start = pending.position();
        pending.put(frames.frame(), 0, frameLength);
        if (durability != Durability.NONE) {
            try {
                flush(sequence);
            } catch (EngineException | Error e) {
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
            } catch (EngineException | Error e) {
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
        if (isDurable(sequence)) {
            return;
        }
        syncLock.lock();
        try {
            if (isDurable(sequence)) {
                return;
            }
            forceAll();
        } finally {
            syncLock.unlock();
        }
    }

    /** Older files first, so that none is torn before one that power loss leaves whole. Under the sync lock. */
    private void forceAll() {
        checkWhole();
        long covered = writtenSequence;
        try {
            for (LogFile next = finished.peek(); next != null; next = finished.peek()) {
                next.force();
                next.close();
                finished.remove();
            }
            file.force();
            if (nameNotForced) {
                Folders.force(directory);
                nameNotForced = false;
            }
        } catch (IOException e) {
            broken = e;
            throw notForced(e);
        }
        syncs.increment();
        durableSequence = Math.max(durableSequence, covered);
    }

    private boolean isDurable(long sequence) {
        return mode != LogSync.COMMIT && durableSequence >= sequence;
    }

    /** The first failure to force the log; null while all is well. */
    @Nullable
    IOException broken() {
        return broken;
    }

    private void checkWhole() {
        IOException cause = broken;
        if (cause != null) {
            throw notForced(cause);
        }
    }

    private EngineException.Io notForced(IOException cause) {
        return new EngineException.Io(
                MemoryEngineProvider.ID,
                directory,
                "the log could not be forced to the device (" + cause.getMessage()
                        + "); whether the last commits survive power loss is unknown: close and reopen",
                cause);
    }

    /** Forces everything that was handed to the operating system so far. */
    void force() {
        awaitDurable(writtenSequence);
    }

    /**
     * Starts a new file after {@code lastSequence}. If the log promises less than {@link Durability#POWER_LOSS}, nothing is forced: the
     * old file and the new one's name are with the next sync. Here that would hold up the commit that happens to fill a file, for as long
     * as the device takes for all that was written without a sync. If it promises power loss, little is unforced, and that goes first:
     * a file's name can be on the device before the end of the file before it. Writer only.
     */
    void rotate(long lastSequence) {
        flush(lastSequence);
        if (isEmpty(file)) {
            return;
        }
        syncLock.lock();
        try {
            if (promised == Durability.POWER_LOSS && durableSequence < lastSequence) {
                forceAll();
            }
            Frames nextFrames = Frames.ofNewFile(key);
            LogFile next = begin(directory.resolve(LogNames.log(lastSequence + 1)), nextFrames);
            try {
                finished.add(file);
            } catch (Error e) {
                discard(next, e);
                throw e;
            }
            file = next;
            frames = nextFrames;
            nameNotForced = true;
        } catch (IOException e) {
            throw MemoryErrors.ofWrite(directory, directory, e);
        } finally {
            syncLock.unlock();
        }
    }

    /** The newest file. */
    Path path() {
        return file.path();
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
            if (isEmpty(last)) {
                Files.delete(last.path());
            }
        } finally {
            syncLock.unlock();
        }
    }
}

package io.quorumark.engine.memory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that is appended to, and survives interrupts: Java closes a channel whose thread is interrupted, so that an interrupted append is
 * rolled back, the file opened again and the append repeated, and the thread stays interrupted. Appending and forcing may happen on
 * different threads; each by one thread at a time.
 */
final class LogFile implements AutoCloseable {
    private final Path path;
    private final Object reopening = new Object();
    private volatile FileChannel channel;
    private volatile long length;
    private volatile boolean closed;

    private LogFile(Path path, FileChannel channel, long length) {
        this.path = path;
        this.channel = channel;
        this.length = length;
    }

    /** A new file. */
    static LogFile create(Path path) throws IOException {
        return new LogFile(path, FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), 0);
    }

    Path path() {
        return path;
    }

    /** Bytes appended. */
    long length() {
        return length;
    }

    /** Appends all of the buffer, or, if it fails, nothing. */
    void append(ByteBuffer bytes) throws IOException {
        int start = bytes.position();
        long end = length + bytes.remaining();
        boolean interrupted = false;
        try {
            while (true) {
                FileChannel current = channel;
                try {
                    writeFully(current, bytes);
                    length = end;
                    return;
                } catch (ClosedChannelException e) {
                    // By an interrupt of this thread, or of one that was forcing at the same time.
                    interrupted |= Thread.interrupted();
                    if (closed) {
                        throw e;
                    }
                    bytes.position(start);
                    reopen(current);
                } catch (IOException | Error e) {
                    bytes.position(start);
                    current.truncate(length);
                    throw e;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void writeFully(FileChannel current, ByteBuffer bytes) throws IOException {
        long at = length;
        while (bytes.hasRemaining()) {
            at += current.write(bytes, at);
        }
    }

    /** Forces everything appended so far to the device. */
    void force() throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                FileChannel current = channel;
                try {
                    current.force(false);
                    return;
                } catch (ClosedChannelException e) {
                    // By an interrupt of this thread, or of one that was appending at the same time.
                    interrupted |= Thread.interrupted();
                    if (closed) {
                        throw e;
                    }
                    reopen(current);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void reopen(FileChannel broken) throws IOException {
        synchronized (reopening) {
            if (channel == broken && !closed) {
                channel = FileChannel.open(path, StandardOpenOption.WRITE);
            }
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (reopening) {
            closed = true;
            channel.close();
        }
    }
}

package io.quorumark.campaign.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file of its own that 4 KiB are appended to and forced to the device, again and again. Closing it removes the file. */
final class TimedAppends implements AutoCloseable {
    private static final int APPEND_BYTES = 4096;

    private final Path file;
    private final FileChannel channel;
    private final ByteBuffer block = ByteBuffer.allocateDirect(APPEND_BYTES);

    /** @param folder on the device that is meant */
    TimedAppends(Path folder) throws IOException {
        file = Files.createTempFile(folder, "appends-", ".bin");
        channel = FileChannel.open(file, StandardOpenOption.WRITE);
    }

    /** Appends once; gives the nanoseconds until that is on the device. */
    long next() throws IOException {
        block.clear();
        long from = System.nanoTime();
        while (block.hasRemaining()) {
            channel.write(block);
        }
        channel.force(false);
        return System.nanoTime() - from;
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            Files.delete(file);
        }
    }
}

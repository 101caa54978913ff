package io.quorumark.campaign.host;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The whole numbers in the first line of one of the kernel's small files, for those who look many times a second beside what is measured:
 * kept open, and read without objects. For one thread.
 */
public final class CountersFile implements Closeable {
    /** Longer than any such line. */
    private static final int LINE_BYTES = 512;

    private static final int MOST_COUNTERS = 32;

    private final FileChannel file;
    private final ByteBuffer line = ByteBuffer.allocateDirect(LINE_BYTES);
    private final long[] counters = new long[MOST_COUNTERS];
    private int count;

    CountersFile(Path path) throws IOException {
        file = FileChannel.open(path, StandardOpenOption.READ);
    }

    /** Looks again. Words between the numbers, such as a name before them, are left out. */
    void read() throws IOException {
        line.clear();
        file.read(line, 0);
        line.flip();
        count = 0;
        boolean inNumber = false;
        while (line.hasRemaining()) {
            byte character = line.get();
            boolean digit = character >= '0' && character <= '9';
            if (digit) {
                if (!inNumber) {
                    if (count == MOST_COUNTERS) {
                        return;
                    }
                    counters[count++] = 0;
                }
                counters[count - 1] = 10 * counters[count - 1] + (character - '0');
            } else if (character == '\n') {
                return;
            }
            inNumber = digit;
        }
    }

    int count() {
        return count;
    }

    /** @return 0 if the line has fewer */
    long at(int place) {
        return place < count ? counters[place] : 0;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}

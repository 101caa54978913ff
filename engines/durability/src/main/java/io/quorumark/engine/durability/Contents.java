package io.quorumark.engine.durability;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * One file's bytes, wherever its name is. Pages that nobody wrote take no room: engines that map their files make them much longer than
 * what is in them.
 */
final class Contents {
    private static final int PAGE_BYTES = 4096;

    private final TreeMap<Long, byte[]> pages = new TreeMap<>();
    private long length;

    void write(long offset, byte[] data, int from, int count) {
        int done = 0;
        while (done < count) {
            long at = offset + from + done;
            int inPage = (int) (at % PAGE_BYTES);
            int piece = Math.min(PAGE_BYTES - inPage, count - done);
            byte[] page = pages.computeIfAbsent(at / PAGE_BYTES, any -> new byte[PAGE_BYTES]);
            System.arraycopy(data, from + done, page, inPage, piece);
            done += piece;
        }
        length = Math.max(length, offset + from + count);
    }

    void truncate(long newLength) {
        if (newLength < length) {
            pages.tailMap((newLength + PAGE_BYTES - 1) / PAGE_BYTES).clear();
            byte[] last = pages.get(newLength / PAGE_BYTES);
            if (last != null) {
                Arrays.fill(last, (int) (newLength % PAGE_BYTES), PAGE_BYTES, (byte) 0);
            }
        }
        length = newLength;
    }

    /** @param absent a file that is not there yet */
    void writeTo(Path absent) throws IOException {
        try (FileChannel channel = FileChannel.open(absent, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (Map.Entry<Long, byte[]> page : pages.entrySet()) {
                long offset = page.getKey() * PAGE_BYTES;
                ByteBuffer bytes = ByteBuffer.wrap(page.getValue(), 0, (int) Math.min(PAGE_BYTES, length - offset));
                while (bytes.hasRemaining()) {
                    channel.write(bytes, offset + bytes.position());
                }
            }
            if (length > 0 && channel.size() < length) {
                channel.write(ByteBuffer.allocate(1), length - 1);
            }
        }
    }
}

package io.quorumark.engine.bridge;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * An ELF file, looked at before it is loaded: the dynamic loader maps a truncated one without a word, and the first page that is not there
 * ends the process.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/elf.5.html">elf(5)</a>
 */
final class SharedObject {
    private static final int HEADER_BYTES = 64;
    private static final int MAGIC = 0x464c457f;
    private static final int SIXTY_FOUR_BITS = 2;
    private static final int LOADED_SEGMENT = 1;
    private static final int X86_64 = 62;
    private static final int AARCH64 = 183;

    private SharedObject() {}

    /** What is wrong with it on this machine, in words that follow the file's name. */
    static Optional<String> problem(Path file, String architecture) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer header = read(channel, 0, HEADER_BYTES);
            if (header.getInt(0) != MAGIC || header.get(4) != SIXTY_FOUR_BITS) {
                return Optional.of("is not a 64-bit shared library of Linux");
            }
            int machine = header.getShort(18);
            int wanted = architecture.equals("aarch64") ? AARCH64 : X86_64;
            if (machine != wanted) {
                return Optional.of(
                        "is for the ELF machine " + machine + ", expected " + wanted + " (" + architecture + ")");
            }
            long end = header.getLong(40) + (long) header.getShort(58) * header.getShort(60);
            long segments = header.getLong(32);
            int segmentBytes = header.getShort(54);
            int count = header.getShort(56);
            ByteBuffer table = read(channel, segments, segmentBytes * count);
            for (int i = 0; i < count; i++) {
                int at = i * segmentBytes;
                if (table.getInt(at) == LOADED_SEGMENT) {
                    end = Math.max(end, table.getLong(at + 8) + table.getLong(at + 32));
                }
            }
            return channel.size() < end
                    ? Optional.of("is truncated, it has " + channel.size() + " of " + end + " bytes")
                    : Optional.empty();
        } catch (EOFException e) {
            return Optional.of("is truncated, it ends within its headers");
        }
    }

    private static ByteBuffer read(FileChannel channel, long from, int length) throws IOException {
        ByteBuffer found = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (found.hasRemaining()) {
            if (channel.read(found, from + found.position()) < 0) {
                throw new EOFException();
            }
        }
        return found;
    }
}

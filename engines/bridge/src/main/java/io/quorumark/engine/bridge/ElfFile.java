package io.quorumark.engine.bridge;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a 64-bit little-endian ELF file says of itself. Reads no more than the file has: if its headers point beyond, every method
 * throws {@link EOFException}. For one thread at a time.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/elf.5.html">elf(5)</a>
 */
final class ElfFile {
    private static final int HEADER_BYTES = 64;
    private static final int MAGIC = 0x464c457f;
    private static final int SIXTY_FOUR_BITS = 2;
    private static final int LITTLE_ENDIAN = 1;

    private static final int SEGMENT_BYTES = 56;
    private static final int SECTION_BYTES = 64;
    private static final int LOADED_SEGMENT = 1;
    private static final int DYNAMIC_SECTION = 6;
    private static final int DYNAMIC_SYMBOLS_SECTION = 11;
    private static final int SYMBOL_BYTES = 24;
    private static final int DYNAMIC_ENTRY_BYTES = 16;
    private static final long NEEDED_LIBRARY = 1;

    private final FileChannel file;
    private final int machine;
    private final Table segments;
    private final Table sections;
    private final long sectionsEnd;

    /** Rows of one length. */
    private record Table(ByteBuffer bytes, int rowBytes, int rows) {
        int intAt(int row, int offset) {
            return bytes.getInt(row * rowBytes + offset);
        }

        long longAt(int row, int offset) {
            return bytes.getLong(row * rowBytes + offset);
        }
    }

    private ElfFile(FileChannel file, ByteBuffer header) throws IOException {
        this.file = file;
        this.machine = unsigned(header, 18);
        this.segments = table(header.getLong(32), unsigned(header, 54), unsigned(header, 56), SEGMENT_BYTES);
        this.sections = table(header.getLong(40), unsigned(header, 58), unsigned(header, 60), SECTION_BYTES);
        this.sectionsEnd = header.getLong(40) + (long) sections.rowBytes() * sections.rows();
    }

    /** @return empty if it is something else */
    static Optional<ElfFile> of(FileChannel file) throws IOException {
        ByteBuffer header = read(file, 0, HEADER_BYTES);
        boolean known = header.getInt(0) == MAGIC && header.get(4) == SIXTY_FOUR_BITS && header.get(5) == LITTLE_ENDIAN;
        return known ? Optional.of(new ElfFile(file, header)) : Optional.empty();
    }

    private static int unsigned(ByteBuffer header, int at) {
        return header.getShort(at) & 0xffff;
    }

    private Table table(long from, int rowBytes, int rows, int leastBytes) throws IOException {
        if (rows > 0 && rowBytes < leastBytes) {
            throw new EOFException();
        }
        return new Table(read(file, from, (long) rowBytes * rows), rowBytes, rows);
    }

    private static ByteBuffer read(FileChannel file, long from, long length) throws IOException {
        if (from < 0 || length < 0 || length > Integer.MAX_VALUE || from > file.size() - length) {
            throw new EOFException();
        }
        ByteBuffer found = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
        while (found.hasRemaining()) {
            if (file.read(found, from + found.position()) < 0) {
                throw new EOFException();
            }
        }
        return found;
    }

    /** The number of the processor's architecture. */
    int machine() {
        return machine;
    }

    /** How many bytes the file must have. */
    long end() {
        long end = sectionsEnd;
        for (int i = 0; i < segments.rows(); i++) {
            if (segments.intAt(i, 0) == LOADED_SEGMENT) {
                end = Math.max(end, segments.longAt(i, 8) + segments.longAt(i, 32));
            }
        }
        return end;
    }

    /** The libraries that the loader looks for, such as {@code libc.so.6}. */
    List<String> neededLibraries() throws IOException {
        List<String> needed = new ArrayList<>();
        int section = section(DYNAMIC_SECTION);
        if (section >= 0) {
            ByteBuffer entries = content(section);
            ByteBuffer names = content(sections.intAt(section, 40));
            for (int at = 0; at + DYNAMIC_ENTRY_BYTES <= entries.capacity(); at += DYNAMIC_ENTRY_BYTES) {
                if (entries.getLong(at) == NEEDED_LIBRARY) {
                    needed.add(name(names, entries.getLong(at + 8)));
                }
            }
        }
        return needed;
    }

    /** What it offers to others, with addresses; null if it keeps no list that can be read without loading it. */
    @Nullable
    Map<String, Long> symbols() throws IOException {
        int section = section(DYNAMIC_SYMBOLS_SECTION);
        if (section < 0) {
            return null;
        }
        Map<String, Long> found = new TreeMap<>();
        ByteBuffer symbols = content(section);
        ByteBuffer names = content(sections.intAt(section, 40));
        for (int at = 0; at + SYMBOL_BYTES <= symbols.capacity(); at += SYMBOL_BYTES) {
            boolean isDefined = symbols.getShort(at + 6) != 0;
            if (isDefined) {
                found.put(name(names, symbols.getInt(at)), symbols.getLong(at + 8));
            }
        }
        return found;
    }

    /** The four bytes at an address of the loaded library. */
    int intAt(long address) throws IOException {
        for (int i = 0; i < segments.rows(); i++) {
            long into = address - segments.longAt(i, 16);
            if (segments.intAt(i, 0) == LOADED_SEGMENT && into >= 0 && into < segments.longAt(i, 32)) {
                return read(file, segments.longAt(i, 8) + into, Integer.BYTES).getInt(0);
            }
        }
        throw new EOFException();
    }

    private int section(int type) {
        for (int i = 0; i < sections.rows(); i++) {
            if (sections.intAt(i, 4) == type) {
                return i;
            }
        }
        return -1;
    }

    private ByteBuffer content(int section) throws IOException {
        if (section < 0 || section >= sections.rows()) {
            throw new EOFException();
        }
        return read(file, sections.longAt(section, 24), sections.longAt(section, 32));
    }

    private static String name(ByteBuffer names, long at) throws EOFException {
        if (at < 0 || at >= names.capacity()) {
            throw new EOFException();
        }
        int end = (int) at;
        while (end < names.capacity() && names.get(end) != 0) {
            end++;
        }
        byte[] name = new byte[end - (int) at];
        names.get((int) at, name);
        return new String(name, StandardCharsets.UTF_8);
    }
}

package io.quorumark.engine.durability;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a recorded process did to its files, in order. The format is described in {@code trace.c}. */
record Trace(List<Event> events) {
    private static final int HEADER_BYTES = 21;

    Trace {
        events = List.copyOf(events);
    }

    /** What happened; the codes are those of {@code trace.c}. */
    enum Kind {
        CREATE(1),
        WRITE(2),
        WRITE_SYNCED(3),
        TRUNCATE(4),
        SYNC(5),
        RENAME(6),
        UNLINK(7),
        MKDIR(8),
        RMDIR(9),
        LINK(10),
        MAPPED(11);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        static Kind of(int code) throws IOException {
            for (Kind kind : values()) {
                if (kind.code == code) {
                    return kind;
                }
            }
            throw new IOException("the trace has an event of kind " + code + ", expected 1 to " + values().length);
        }
    }

    /**
     * One event.
     *
     * @param inode the file it was done to; 0 where paths say it
     * @param number offset of a write, length of a truncation
     * @param data what was written, or the path, or two paths with a zero byte between
     */
    @SuppressWarnings("ArrayRecordComponent") // a megabyte of them is never compared
    record Event(Kind kind, long inode, long number, byte[] data) {
        String path() {
            return new String(data, StandardCharsets.UTF_8);
        }

        String from() {
            return path().substring(0, path().indexOf('\0'));
        }

        String to() {
            return path().substring(path().indexOf('\0') + 1);
        }
    }

    /** An event that was cut off at the end is left out. */
    static Trace read(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.nativeOrder());
        List<Event> events = new ArrayList<>();
        while (bytes.remaining() >= HEADER_BYTES) {
            Kind kind = Kind.of(bytes.get());
            long inode = bytes.getLong();
            long number = bytes.getLong();
            int length = bytes.getInt();
            if (length > bytes.remaining()) {
                break;
            }
            byte[] data = new byte[length];
            bytes.get(data);
            events.add(new Event(kind, inode, number, data));
        }
        return new Trace(events);
    }
}

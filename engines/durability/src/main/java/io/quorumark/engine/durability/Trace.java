package io.quorumark.engine.durability;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** What a recorded process did to its files, in order. The format is described in {@code recorder.c}. */
record Trace(List<Event> events) {
    private static final int HEADER_BYTES = 21;

    Trace {
        events = List.copyOf(events);
    }

    /** What happened; the codes are those of {@code recorder.c}, which says what each means. */
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
        STORED(11),
        SYNC_RANGE(12),
        EXCHANGE(13),
        UNSEEN(14),
        REFUSED(15);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        int code() {
            return code;
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
     * @param inode the file it was done to; 0 if paths say it
     * @param number offset of a write or of a synced range, length of a truncation or of a refused write
     * @param data what was written, or the path, or two paths with a zero byte between, or a synced range's length, or what a trace
     *     cannot hold
     */
    @SuppressWarnings("ArrayRecordComponent") // a megabyte of them is never compared
    record Event(Kind kind, long inode, long number, byte[] data) {
        String path() {
            return new String(data, StandardCharsets.UTF_8);
        }

        /** Of a synced range. */
        long rangeBytes() {
            return ByteBuffer.wrap(data).order(ByteOrder.nativeOrder()).getLong();
        }

        String from() {
            return path().substring(0, path().indexOf('\0'));
        }

        String to() {
            return path().substring(path().indexOf('\0') + 1);
        }
    }

    /** What later processes did to the same files. */
    Trace followedBy(Trace later) {
        List<Event> both = new ArrayList<>(events);
        both.addAll(later.events);
        return new Trace(both);
    }

    /** The inode of the first file that was made under this name. */
    OptionalLong inodeOf(Path path) {
        return events.stream()
                .filter(event -> event.kind() == Kind.CREATE && event.path().equals(path.toString()))
                .mapToLong(Event::inode)
                .findFirst();
    }

    /** What was done that no trace can hold, each once: if there is any, images made from this trace mean nothing. */
    List<String> unseen() {
        return events.stream()
                .filter(event -> event.kind() == Kind.UNSEEN)
                .map(Event::path)
                .distinct()
                .toList();
    }

    /**
     * Whether more bytes came through shared mappings than through calls: such a process meets a full device in memory, if no call can
     * be refused.
     */
    boolean isMostlyMapped() {
        long mapped = 0;
        long called = 0;
        for (Event event : events) {
            switch (event.kind()) {
                case STORED -> mapped += event.data().length;
                case WRITE, WRITE_SYNCED -> called += event.data().length;
                default -> {}
            }
        }
        return mapped > called;
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

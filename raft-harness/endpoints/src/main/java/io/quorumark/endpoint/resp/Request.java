package io.quorumark.endpoint.resp;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * One parsed request.
 *
 * @param name of the command, in capitals
 * @param words all of it, the name included; no array is changed
 * @param use what it does to {@code keys}
 * @param keys that it touches
 */
record Request(String name, List<byte[]> words, Use use, List<ByteBuffer> keys) {
    /** Stands for none, and touches nothing. */
    static final Request NONE = new Request("", List.of(), Use.NOTHING, List.of());

    /** What may happen at the same time on one connection, which expects its own order. */
    enum Use {
        /** Touches no record. */
        NOTHING,
        /** Only reads its keys; goes along with other reads. */
        READ,
        /** Writes its keys in one log entry, which may depend on them; goes along with other writes, which enter the log in their order. */
        WRITE,
        /** Touches any record; goes along with nothing. */
        ALL
    }

    byte[] word(int index) {
        return words.get(index);
    }

    int count() {
        return words.size();
    }
}

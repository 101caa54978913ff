package io.quorumark.endpoint.resp;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a command answers, in no version of the protocol yet. */
sealed interface Reply {
    Reply OK = new Text("OK");
    Reply NOTHING = new Bytes(null);

    /** What a reply takes beside its bytes, roughly. */
    long OBJECT_BYTES = 64;

    /** What it takes while it is not written, roughly. */
    long heldBytes();

    /** One line without line ends. */
    record Text(String line) implements Reply {
        @Override
        public long heldBytes() {
            return OBJECT_BYTES;
        }
    }

    /** {@code CODE what went wrong}, one line. */
    record Failure(String line) implements Reply {
        @Override
        public long heldBytes() {
            return OBJECT_BYTES;
        }
    }

    record Int(long value) implements Reply {
        @Override
        public long heldBytes() {
            return OBJECT_BYTES;
        }
    }

    /** @param value null if there is nothing */
    @SuppressWarnings("ArrayRecordComponent") // on its way to a socket: never compared
    record Bytes(byte @Nullable [] value) implements Reply {
        @Override
        public long heldBytes() {
            return OBJECT_BYTES + (value == null ? 0 : value.length);
        }
    }

    record Items(List<Reply> items) implements Reply {
        @Override
        public long heldBytes() {
            return sum(items);
        }
    }

    /** Keys and values by turns. A client of the older protocol gets them as one list. */
    record Pairs(List<Reply> items) implements Reply {
        @Override
        public long heldBytes() {
            return sum(items);
        }
    }

    private static long sum(List<Reply> items) {
        long bytes = OBJECT_BYTES;
        for (Reply item : items) {
            bytes += item.heldBytes();
        }
        return bytes;
    }

    static Reply bytes(String text) {
        return new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    static Reply failure(String line) {
        return new Failure(line.replaceAll("\\s*\\R\\s*", " "));
    }
}

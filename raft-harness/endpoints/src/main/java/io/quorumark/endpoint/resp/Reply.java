package io.quorumark.endpoint.resp;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a command answers, in no version of the protocol yet. */
sealed interface Reply {
    Reply OK = new Text("OK");
    Reply NOTHING = new Bytes(null);

    /** One line without line ends. */
    record Text(String line) implements Reply {}

    /** {@code CODE what went wrong}, one line. */
    record Failure(String line) implements Reply {}

    record Int(long value) implements Reply {}

    /** @param value null if there is nothing */
    @SuppressWarnings("ArrayRecordComponent") // on its way to a socket: never compared
    record Bytes(byte @Nullable [] value) implements Reply {}

    record Items(List<Reply> items) implements Reply {}

    /** Keys and values by turns. A client of the older protocol gets them as one list. */
    record Pairs(List<Reply> items) implements Reply {}

    static Reply bytes(String text) {
        return new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    static Reply failure(String line) {
        return new Failure(line.replaceAll("\\s*\\R\\s*", " "));
    }
}

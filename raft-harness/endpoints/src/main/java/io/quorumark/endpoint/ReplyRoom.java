package io.quorumark.endpoint;

/** Room for the values of one reply. Asked on the thread that reads, before a value is copied. */
@FunctionalInterface
public interface ReplyRoom {
    /** Takes room for so many more bytes; false, and nothing taken, if there is none now. */
    boolean take(long bytes);
}

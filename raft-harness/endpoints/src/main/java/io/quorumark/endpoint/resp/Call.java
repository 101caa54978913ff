package io.quorumark.endpoint.resp;

import io.quorumark.endpoint.ConnectionBytes;
import io.quorumark.endpoint.ReplyRoom;
import io.quorumark.endpoint.Slots;
import io.quorumark.endpoint.resp.Request.Use;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way, with the room that its reply has among the connection's. It belongs to the connection's event loop, but while it
 * runs, to whatever thread runs it.
 */
final class Call implements ReplyRoom {
    /** What a word takes beside its bytes, roughly: arrays, lists and the names of keys. */
    static final long WORD_BYTES = 128;

    private final Request request;
    private final ConnectionBytes replies;
    private final long requestBytes;
    private final long arrivedNanos = System.nanoTime();
    private int protocol = 2;
    private boolean alone;
    private long valueBytesAwaited;
    private @Nullable Slots slot;
    private long heldBytes;
    private long usedBytes;
    private volatile @Nullable Reply reply;

    Call(Request request, ConnectionBytes replies) {
        this.request = request;
        this.replies = replies;
        long bytes = 0;
        for (byte[] word : request.words()) {
            bytes += word.length + WORD_BYTES;
        }
        this.requestBytes = bytes;
    }

    /** No request at all, but its place among the replies. */
    static Call answered(Reply reply, ConnectionBytes replies) {
        Call call = new Call(Request.NONE, replies);
        call.reply = reply;
        return call;
    }

    Request request() {
        return request;
    }

    /** What the request takes while it is not answered, roughly. */
    long requestBytes() {
        return requestBytes;
    }

    long ageNanos() {
        return System.nanoTime() - arrivedNanos;
    }

    /** The version of the protocol that its reply is written in. */
    int protocol() {
        return protocol;
    }

    void speak(int newProtocol) {
        protocol = newProtocol;
    }

    /** Null while there is none. */
    @Nullable
    Reply reply() {
        return reply;
    }

    /**
     * Before it runs.
     *
     * @param isAlone whether every earlier reply was sent: then the connection has room for any reply, so that it goes on, unless all
     *     connections together have none
     * @param bytes to hold from now on
     * @return false, and nothing held, if there is no room for them
     */
    boolean begin(boolean isAlone, long bytes) {
        alone = isAlone;
        if (!takeRoom(bytes)) {
            return false;
        }
        heldBytes = bytes;
        usedBytes = 0;
        return true;
    }

    /**
     * It is a write that gives back a value.
     *
     * @param mostBytes of the value
     * @param taken of which it has one until it is answered
     */
    void awaitValue(long mostBytes, Slots taken) {
        valueBytesAwaited = mostBytes;
        slot = taken;
    }

    /** The most that the value may have which it gives back. */
    long valueBytesAwaited() {
        return valueBytesAwaited;
    }

    /** Whether it began alone: nothing that its connection still sends will make more room for it. */
    boolean isAlone() {
        return alone;
    }

    private boolean takeRoom(long bytes) {
        return alone ? replies.takeBeyond(bytes) : replies.take(bytes);
    }

    @Override
    public boolean take(long bytes) {
        long missingBytes = usedBytes + bytes - heldBytes;
        if (missingBytes > 0) {
            if (!takeRoom(missingBytes)) {
                return false;
            }
            heldBytes += missingBytes;
        }
        usedBytes += bytes;
        return true;
    }

    /**
     * Holds what the reply has, whatever was held for it before. A long one that finds no room is not given if it tells of nothing that has
     * happened.
     */
    void answer(Reply answer) {
        long bytes = answer.heldBytes();
        boolean mustBeGiven = bytes <= ConnectionBytes.FREE_BYTES || request.use() == Use.WRITE;
        if (bytes <= heldBytes) {
            replies.giveBack(heldBytes - bytes);
        } else if (mustBeGiven) {
            replies.takeAnyway(bytes - heldBytes);
        } else if (!replies.takeBeyond(bytes - heldBytes)) {
            answerWithoutRoom(bytes);
            return;
        }
        heldBytes = bytes;
        reply = answer;
        Slots taken = slot;
        if (taken != null) {
            slot = null;
            taken.giveBack();
        }
    }

    /** @param bytes that it would need */
    void answerWithoutRoom(long bytes) {
        answer(Failures.noRoomForReply(bytes));
    }

    /** Holds nothing any more: there is no reply yet. */
    void letGo() {
        replies.giveBack(giveUp());
    }

    /** What it holds, which is its caller's to give back from now on. */
    long giveUp() {
        long bytes = heldBytes;
        heldBytes = 0;
        return bytes;
    }
}

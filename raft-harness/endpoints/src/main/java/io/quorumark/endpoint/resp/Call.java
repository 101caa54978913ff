package io.quorumark.endpoint.resp;

import io.quorumark.endpoint.ReplyRoom;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way, with the room that its reply has in the connection's budget. It belongs to the connection's event loop, but
 * while it runs, to whatever thread runs it.
 */
final class Call implements ReplyRoom {
    /** What a word takes beside its bytes, roughly: arrays, lists and the names of keys. */
    private static final long WORD_BYTES = 128;

    private final Request request;
    private final ReplyBudget budget;
    private final long requestBytes;
    private final long arrivedNanos = System.nanoTime();
    private int protocol = 2;
    private boolean first;
    private long heldBytes;
    private long usedBytes;
    private volatile @Nullable Reply reply;

    Call(Request request, ReplyBudget budget) {
        this.request = request;
        this.budget = budget;
        long bytes = 0;
        for (byte[] word : request.words()) {
            bytes += word.length + WORD_BYTES;
        }
        this.requestBytes = bytes;
    }

    /** No request at all, but its place among the replies. */
    static Call answered(Reply reply, ReplyBudget budget) {
        Call call = new Call(Request.NONE, budget);
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
     * @param isFirst whether every earlier reply is written: then it has room for any reply, so that the connection goes on
     * @param bytes to hold from now on
     * @return false, and nothing held, if there is no room for them
     */
    boolean begin(boolean isFirst, long bytes) {
        if (isFirst) {
            budget.takeAnyway(bytes);
        } else if (!budget.take(bytes)) {
            return false;
        }
        first = isFirst;
        heldBytes = bytes;
        usedBytes = 0;
        return true;
    }

    @Override
    public boolean take(long bytes) {
        long missingBytes = usedBytes + bytes - heldBytes;
        if (missingBytes > 0) {
            if (first) {
                budget.takeAnyway(missingBytes);
            } else if (!budget.take(missingBytes)) {
                return false;
            }
            heldBytes += missingBytes;
        }
        usedBytes += bytes;
        return true;
    }

    /** Holds what the reply has, whatever was held for it before. */
    void answer(Reply answer) {
        long bytes = answer.heldBytes();
        budget.takeAnyway(bytes - heldBytes);
        heldBytes = bytes;
        reply = answer;
    }

    /** Holds nothing any more: the reply is written, or there is none yet. */
    void letGo() {
        budget.giveBack(heldBytes);
        heldBytes = 0;
    }
}

package io.quorumark.endpoint.http;

import io.quorumark.endpoint.ConnectionBytes;
import io.quorumark.endpoint.ReplyRoom;

/** The room of one answer among its connection's. For one thread after the other. */
final class AnswerRoom implements ReplyRoom {
    private final ConnectionBytes answers;
    private long heldBytes;

    AnswerRoom(ConnectionBytes answers) {
        this.answers = answers;
    }

    @Override
    public boolean take(long bytes) {
        if (!answers.take(bytes)) {
            return false;
        }
        heldBytes += bytes;
        return true;
    }

    /** What was taken for another attempt is not held any more. */
    void letGo() {
        answers.giveBack(heldBytes);
        heldBytes = 0;
    }

    /**
     * Holds so many bytes, whatever was taken before.
     *
     * @param anyway even if there is no room
     * @return false, and nothing changed, if there is none
     */
    boolean hold(long bytes, boolean anyway) {
        if (bytes <= heldBytes) {
            answers.giveBack(heldBytes - bytes);
        } else if (anyway) {
            answers.takeAnyway(bytes - heldBytes);
        } else if (!answers.take(bytes - heldBytes)) {
            return false;
        }
        heldBytes = bytes;
        return true;
    }
}

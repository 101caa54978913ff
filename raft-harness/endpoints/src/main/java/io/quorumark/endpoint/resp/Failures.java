package io.quorumark.endpoint.resp;

import io.quorumark.endpoint.Records;
import io.quorumark.engine.EngineException;
import io.quorumark.raft.ClusterException;
import io.quorumark.raft.RaftFailure;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Failures as Redis clients know them: the first word says what to do. */
final class Failures {
    private Failures() {}

    /** Null if the failure is none, or another one. */
    static Records.@Nullable NoRoom noRoom(@Nullable Throwable failure) {
        return failure != null && cause(failure) instanceof Records.NoRoom noRoom ? noRoom : null;
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    static Reply reply(Throwable failure) {
        Throwable cause = cause(failure);
        if (cause instanceof Records.Failed failed) {
            return Reply.failure(
                    word(failed.failure().code()) + " " + failed.failure().detail());
        }
        if (cause instanceof IllegalArgumentException) {
            return Reply.failure("ERR " + cause.getMessage());
        }
        if (cause instanceof EngineException || cause instanceof ClusterException) {
            return Reply.failure("ERR " + cause.getMessage());
        }
        Warnings.defect(cause);
        return Reply.failure("ERR internal error; the member's log tells more");
    }

    /** @param bytes of the reply */
    static Reply noRoomForReply(long bytes) {
        return Reply.failure("TRYAGAIN there is no room for a reply of " + bytes
                + " bytes now: clients have not taken theirs; nothing happened, try again");
    }

    static Reply noRoomForRequest() {
        return Reply.failure("TRYAGAIN there is no room for the request now: others arrive and wait;"
                + " nothing happened, try again");
    }

    private static String word(RaftFailure.Code code) {
        return switch (code) {
            case BUSY -> "TRYAGAIN";
            case NO_LEADER, UNAVAILABLE, TIMEOUT -> "CLUSTERDOWN";
            case UNKNOWN_OUTCOME -> "UNKNOWNOUTCOME the write may or may not have happened:";
        };
    }
}

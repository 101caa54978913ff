package io.quorumark.raft;

import io.quorumark.raft.message.ClientResponse;
import io.quorumark.raft.message.ClientResponse.Outcome;

/** Failures of operations as members answer them. */
final class FailureAnswers {
    private FailureAnswers() {}

    static ClientResponse of(RaftFailure failure) {
        Outcome outcome = switch (failure.code()) {
            case BUSY -> Outcome.BUSY;
            case NO_LEADER -> Outcome.NO_LEADER;
            case UNKNOWN_OUTCOME -> Outcome.UNKNOWN_OUTCOME;
            case UNAVAILABLE -> Outcome.UNAVAILABLE;
            case TIMEOUT -> Outcome.TIMEOUT;
        };
        return ClientResponse.of(outcome, failure.detail());
    }

    /** What an answer without result means to an operation. */
    static RaftFailure toFailure(ClientResponse response) {
        RaftFailure.Code code = switch (response.outcome()) {
            case OK, NOT_LEADER, REFUSED, UNAVAILABLE -> RaftFailure.Code.UNAVAILABLE;
            case BUSY -> RaftFailure.Code.BUSY;
            case NO_LEADER -> RaftFailure.Code.NO_LEADER;
            case UNKNOWN_OUTCOME -> RaftFailure.Code.UNKNOWN_OUTCOME;
            case TIMEOUT -> RaftFailure.Code.TIMEOUT;
        };
        return new RaftFailure(code, response.text());
    }
}

package io.quorumark.campaign.targets;

import io.quorumark.engine.EngineException;
import io.quorumark.workload.Outcome;

/** What an engine's exception says of the operation that met it. */
final class EngineFailures {
    private EngineFailures() {}

    /** Refused if the SPI promises that nothing was written; in doubt otherwise. */
    static Outcome outcomeOf(EngineException e) {
        boolean nothingWritten = e instanceof EngineException.Full
                || e instanceof EngineException.Unsupported
                || e instanceof EngineException.LimitExceeded
                || e instanceof EngineException.Closed
                || e instanceof EngineException.Conflict;
        return nothingWritten ? Outcome.REFUSED : Outcome.FAILED;
    }
}

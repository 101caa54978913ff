package io.quorumark.campaign.targets;

import io.quorumark.engine.EngineException;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Session;
import io.quorumark.raft.command.WriteResult;
import io.quorumark.raft.state.StateStore;
import io.quorumark.workload.Completion;
import io.quorumark.workload.Demand;
import io.quorumark.workload.Operation;
import io.quorumark.workload.OperationKind;
import io.quorumark.workload.Outcome;
import io.quorumark.workload.Target;
import java.nio.ByteBuffer;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Operations on the state machine's store, one commit per write, each completed inside {@link #submit}. Engine and store are the
 * caller's.
 */
public final class StateMachineTarget implements Target {
    private final StateStore store;
    private final Session session;
    private final RecordReader recordReader = new RecordReader();
    private final FirstFailure firstFailure = new FirstFailure();
    private long index;

    /** @param engine under {@code store} */
    public StateMachineTarget(KVEngine engine, StateStore store) {
        this.store = store;
        this.session = engine.openSession();
        this.index = store.appliedIndex();
    }

    @Override
    public void submit(Operation operation, Completion completion) {
        Outcome outcome;
        try {
            outcome = carryOut(operation);
        } catch (EngineException e) {
            // what the failed command left pending would take effect with the next one
            store.discardPending();
            firstFailure.offer(String.valueOf(e.getMessage()));
            outcome = EngineFailures.outcomeOf(e);
        }
        completion.complete(outcome);
    }

    private Outcome carryOut(Operation operation) {
        OperationKind kind = operation.kind();
        if (kind == OperationKind.READ || kind == OperationKind.SCAN) {
            return recordReader.read(session, StateStore.STATE, operation);
        }
        Outcome found = kind == OperationKind.READ_MODIFY_WRITE
                ? recordReader.read(session, StateStore.STATE, operation)
                : Outcome.OK;
        index++;
        WriteResult result = store.apply(ByteBuffer.wrap(OperationCommands.of(operation)), index);
        store.commit();
        return result.isApplied() ? found : Outcome.CONFLICT;
    }

    @Override
    public Set<Demand> carriesOut() {
        return Demands.ALL;
    }

    @Override
    public @Nullable String firstFailure() {
        return firstFailure.get();
    }

    @Override
    public void close() {
        session.close();
    }
}

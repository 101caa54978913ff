package io.quorumark.campaign.targets;

import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Reader;
import io.quorumark.raft.ClusterClient;
import io.quorumark.raft.RaftFailure;
import io.quorumark.raft.ReadConsistency;
import io.quorumark.raft.StateRead;
import io.quorumark.raft.WriteCallback;
import io.quorumark.raft.command.WriteResult;
import io.quorumark.workload.Completion;
import io.quorumark.workload.Demand;
import io.quorumark.workload.Operation;
import io.quorumark.workload.OperationKind;
import io.quorumark.workload.Outcome;
import io.quorumark.workload.Target;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Operations on a replicated cluster. The cluster is its caller's. */
public final class ClusterTarget implements Target {
    private final ClusterClient client;
    private final ReadConsistency reads;
    private final FirstFailure firstFailure = new FirstFailure();

    public ClusterTarget(ClusterClient client, ReadConsistency reads) {
        this.client = client;
        this.reads = reads;
    }

    @Override
    public void submit(Operation operation, Completion completion) {
        Call call = callOf(operation);
        call.completion = completion;
        call.found = Outcome.OK;
        switch (operation.kind()) {
            case READ, SCAN, READ_MODIFY_WRITE -> client.read(reads, call);
            default -> client.write(OperationCommands.of(operation), call);
        }
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
        // The cluster belongs to whoever started it.
    }

    private Call callOf(Operation operation) {
        if (operation.attachment() instanceof Call call && call.owner() == this) {
            return call;
        }
        Call call = new Call(operation);
        operation.attach(call);
        return call;
    }

    /** One operation's way through the cluster; lives as long as its operation, so that nothing is made per request. */
    private final class Call implements StateRead, WriteCallback {
        private final Operation operation;
        private final RecordReader recordReader = new RecordReader();
        private Completion completion = outcome -> {};
        private Outcome found = Outcome.OK;

        Call(Operation operation) {
            this.operation = operation;
        }

        ClusterTarget owner() {
            return ClusterTarget.this;
        }

        @Override
        public void onState(Reader reader, Keyspace state) {
            Outcome outcome = recordReader.read(reader, state, operation);
            if (operation.kind() == OperationKind.READ_MODIFY_WRITE) {
                found = outcome;
                client.write(OperationCommands.of(operation), this);
            } else {
                completion.complete(outcome);
            }
        }

        @Override
        public void onSuccess(WriteResult result) {
            completion.complete(result.isApplied() ? found : Outcome.CONFLICT);
        }

        @Override
        public void onFailure(RaftFailure failure) {
            firstFailure.offer(failure.code() + ": " + failure.detail());
            completion.complete(failure.outcomeUnknown() ? Outcome.FAILED : Outcome.REFUSED);
        }
    }
}

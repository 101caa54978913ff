package io.quorumark.campaign.targets;

import io.quorumark.raft.ClusterException;
import io.quorumark.raft.RaftFailure;
import io.quorumark.raft.ReadConsistency;
import io.quorumark.raft.RemoteGroup;
import io.quorumark.raft.WriteCallback;
import io.quorumark.raft.command.WriteResult;
import io.quorumark.raft.message.Entries;
import io.quorumark.workload.Completion;
import io.quorumark.workload.Demand;
import io.quorumark.workload.Operation;
import io.quorumark.workload.Outcome;
import io.quorumark.workload.Target;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Operations on a group whose members run in other processes. The group is its caller's. */
public final class RemoteTarget implements Target {
    private final RemoteGroup group;
    private final ReadConsistency reads;
    private final FirstFailure firstFailure = new FirstFailure();

    public RemoteTarget(RemoteGroup group, ReadConsistency reads) {
        this.group = group;
        this.reads = reads;
    }

    @Override
    public void submit(Operation operation, Completion completion) {
        switch (operation.kind()) {
            case READ -> answer(get(operation), completion);
            case SCAN -> answer(scan(operation), completion);
            case READ_MODIFY_WRITE -> readThenWrite(operation, completion);
            default -> write(operation, Outcome.OK, completion);
        }
    }

    private CompletableFuture<Outcome> get(Operation operation) {
        return group.get(reads, key(operation)).thenApply(value -> value == null ? Outcome.NOT_FOUND : Outcome.OK);
    }

    private CompletableFuture<Outcome> scan(Operation operation) {
        CompletableFuture<List<Entries.Entry>> entries = group.scan(reads, key(operation), operation.scanLength());
        return entries.thenApply(found -> Outcome.OK);
    }

    private static byte[] key(Operation operation) {
        return Arrays.copyOf(operation.key(), operation.keyLength());
    }

    private void readThenWrite(Operation operation, Completion completion) {
        answer(get(operation), outcome -> {
            if (outcome == Outcome.FAILED) {
                // the write was never sent
                completion.complete(Outcome.REFUSED);
            } else {
                write(operation, outcome, completion);
            }
        });
    }

    private void answer(CompletableFuture<Outcome> outcome, Completion completion) {
        CompletableFuture<Outcome> unused = outcome.whenComplete((value, failure) -> {
            if (failure == null) {
                completion.complete(value);
            } else {
                fail(
                        failure instanceof CompletionException && failure.getCause() != null
                                ? failure.getCause()
                                : failure);
                completion.complete(Outcome.FAILED);
            }
        });
    }

    private void fail(Throwable failure) {
        firstFailure.offer(
                failure instanceof ClusterException ? String.valueOf(failure.getMessage()) : failure.toString());
    }

    /** @param found what a read before it has found: how the operation ends if it is applied */
    private void write(Operation operation, Outcome found, Completion completion) {
        group.write(OperationCommands.of(operation), new WriteCallback() {
            @Override
            public void onSuccess(WriteResult result) {
                completion.complete(result.isApplied() ? found : Outcome.CONFLICT);
            }

            @Override
            public void onFailure(RaftFailure failure) {
                firstFailure.offer(failure.code() + ": " + failure.detail());
                completion.complete(failure.outcomeUnknown() ? Outcome.FAILED : Outcome.REFUSED);
            }
        });
    }

    @Override
    public Set<Demand> carriesOut() {
        return Demands.REMOTE;
    }

    @Override
    public @Nullable String firstFailure() {
        return firstFailure.get();
    }

    @Override
    public void close() {
        // The group belongs to whoever connected to it.
    }
}

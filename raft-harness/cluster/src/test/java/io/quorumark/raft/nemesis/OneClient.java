package io.quorumark.raft.nemesis;

import io.quorumark.raft.Group;
import io.quorumark.raft.RaftFailure;
import io.quorumark.raft.WriteCallback;
import io.quorumark.raft.command.CommandEncoder;
import io.quorumark.raft.command.WriteResult;
import io.quorumark.raft.linearizability.HistoryRecorder;
import io.quorumark.raft.linearizability.HistoryRecorder.Invocation;
import io.quorumark.raft.linearizability.LinearizabilityChecker;
import io.quorumark.raft.linearizability.LinearizabilityVerdict;
import io.quorumark.raft.linearizability.Operation;
import io.quorumark.raft.linearizability.Operation.Kind;
import io.quorumark.raft.linearizability.Operation.Outcome;
import io.quorumark.raft.linearizability.RegisterStore;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/** A client that does one thing after the other, on one record, and waits for each answer. */
final class OneClient {
    private static final String KEY = "x";

    private final RegisterStore store;
    private final HistoryRecorder recorder = new HistoryRecorder(System::nanoTime);

    OneClient(Group group) {
        this.store = RegisterStore.of(group.cluster().client());
    }

    WriteResult put(long value) {
        return write(Kind.PUT, 0, value, CommandEncoder.put(Group.bytes(KEY), 1, bytes(value), Long.BYTES));
    }

    WriteResult compareAndSet(long expected, long value) {
        return write(
                Kind.COMPARE_AND_SET,
                expected,
                value,
                CommandEncoder.compareAndSet(Group.bytes(KEY), 1, expected, bytes(value), Long.BYTES));
    }

    private static byte[] bytes(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    private WriteResult write(Kind kind, long expected, long value, byte[] command) {
        Invocation invocation = recorder.begin(0, kind, KEY, expected, value);
        CompletableFuture<WriteResult> answer = new CompletableFuture<>();
        store.write(command, new WriteCallback() {
            @Override
            public void onSuccess(WriteResult result) {
                invocation.wrote(result.isApplied() ? Outcome.OK : Outcome.CONFLICT);
                answer.complete(result);
            }

            @Override
            public void onFailure(RaftFailure failure) {
                answer.completeExceptionally(new AssertionError(failure.toString()));
            }
        });
        return Group.answer(answer);
    }

    /** @return {@link Operation#ABSENT} if there is no record */
    long get() {
        Invocation invocation = recorder.begin(0, Kind.GET, KEY, 0, 0);
        CompletableFuture<Long> answer = new CompletableFuture<>();
        store.read(KEY, new RegisterStore.RegisterRead() {
            @Override
            public void onValue(long value) {
                invocation.read(value);
                answer.complete(value);
            }

            @Override
            public void onFailure(RaftFailure failure) {
                answer.completeExceptionally(new AssertionError(failure.toString()));
            }
        });
        return Group.answer(answer);
    }

    LinearizabilityVerdict verdict() {
        return new LinearizabilityChecker().check(recorder.history());
    }
}

package io.quorumark.raft;

import com.alipay.sofa.jraft.error.InvokeTimeoutException;
import com.alipay.sofa.jraft.error.RemotingException;
import com.alipay.sofa.jraft.rpc.InvokeCallback;
import com.alipay.sofa.jraft.rpc.RpcClient;
import com.alipay.sofa.jraft.util.Endpoint;
import io.quorumark.raft.command.Command;
import io.quorumark.raft.command.WriteResult;
import io.quorumark.raft.message.ClientRequest;
import io.quorumark.raft.message.ClientResponse;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Writes that come to one member: into its own queue where it leads, else as a message to whom it believes to lead. */
final class ForwardingClient implements WriteRetry {
    private static final long RETRY_MILLIS = 5;

    private final LocalMember member;
    private final RpcClient rpc;
    private final ScheduledExecutorService retries;
    private final long operationTimeoutMillis;

    ForwardingClient(LocalMember member, RpcClient rpc, ScheduledExecutorService retries, long operationTimeoutMillis) {
        this.member = member;
        this.rpc = rpc;
        this.retries = retries;
        this.operationTimeoutMillis = operationTimeoutMillis;
    }

    void write(byte[] command, WriteCallback callback) {
        Command.check(command);
        submit(new PendingWrite(
                this, command, callback, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(operationTimeoutMillis)));
    }

    private void submit(PendingWrite write) {
        RunningMember running = member.running();
        if (running == null) {
            write.fail(RaftFailure.Code.UNAVAILABLE, "member " + member.id() + " is stopped");
            return;
        }
        if (running.leaderTerm() > 0) {
            if (!running.submit(write)) {
                submitLater(write);
            }
            return;
        }
        Endpoint leader = running.leader();
        if (leader == null || leader.equals(member.endpoint())) {
            submitLater(write);
        } else {
            forward(write, leader);
        }
    }

    private void forward(PendingWrite write, Endpoint leader) {
        long leftMillis = TimeUnit.NANOSECONDS.toMillis(write.deadlineNanos() - System.nanoTime());
        if (leftMillis <= 0) {
            submitLater(write);
            return;
        }
        ClientRequest request = new ClientRequest(ClientRequest.Kind.WRITE, member.groupId(), write.command());
        try {
            rpc.invokeAsync(leader, request, null, new Answer(write), leftMillis);
        } catch (RemotingException e) {
            // no connection: nothing was sent
            submitLater(write);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            write.fail(RaftFailure.Code.UNKNOWN_OUTCOME, "interrupted while the write was sent to " + leader);
        }
    }

    @Override
    public void submitLater(PendingWrite write) {
        if (System.nanoTime() - write.deadlineNanos() > 0) {
            write.fail(RaftFailure.Code.NO_LEADER, "no leader took the write in time");
            return;
        }
        try {
            ScheduledFuture<?> unused = retries.schedule(() -> submit(write), RETRY_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            write.fail(RaftFailure.Code.UNAVAILABLE, "member " + member.id() + " is closed");
        }
    }

    /** What the leader answers to a forwarded write. */
    private final class Answer implements InvokeCallback {
        private final PendingWrite write;

        Answer(PendingWrite write) {
            this.write = write;
        }

        @Override
        public void complete(@Nullable Object result, @Nullable Throwable failure) {
            if (result instanceof ClientResponse response) {
                take(response);
            } else if (failure instanceof InvokeTimeoutException) {
                write.fail(RaftFailure.Code.UNKNOWN_OUTCOME, "the leader did not answer in time");
            } else {
                write.fail(RaftFailure.Code.UNKNOWN_OUTCOME, "the leader was lost before it answered: " + failure);
            }
        }

        private void take(ClientResponse response) {
            switch (response.outcome()) {
                case OK -> write.onApplied(response.body()[0] == 0 ? WriteResult.APPLIED : WriteResult.CONFLICT);
                case NOT_LEADER -> submitLater(write);
                case REFUSED -> write.fail(RaftFailure.Code.UNAVAILABLE, response.text());
                default ->
                    write.fail(RaftFailure.Code.valueOf(response.outcome().name()), response.text());
            }
        }

        @Override
        public Executor executor() {
            return Runnable::run;
        }
    }
}

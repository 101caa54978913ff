package io.quorumark.raft;

import io.quorumark.raft.ClusterException.ChangeRefused;
import io.quorumark.raft.command.Command;
import io.quorumark.raft.message.ChangeBody;
import io.quorumark.raft.message.ClientRequest;
import io.quorumark.raft.message.ClientResponse;
import io.quorumark.raft.message.ClientResponse.Outcome;
import io.quorumark.raft.message.Entries;
import io.quorumark.raft.message.MemberFigures;
import io.quorumark.raft.message.MemberStatus;
import io.quorumark.raft.message.MessageKey;
import io.quorumark.raft.message.ReadBody;
import io.quorumark.raft.message.ScanBody;
import io.quorumark.raft.timing.StageTimes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A group whose members run in other processes, seen from a client.
 *
 * <pre>{@code
 * RemoteGroup group = RemoteGroup.of("orders", memberIds, Duration.ofSeconds(10)); // to be closed
 * byte[] value = group.get(ReadConsistency.LINEARIZABLE, key).get(10, TimeUnit.SECONDS); // null if absent
 * }</pre>
 *
 * <p>Asynchronous and thread-safe; callbacks run on network threads and must not block. Operations look for the leader until their time
 * is up, beginning with whoever answered last.
 */
public final class RemoteGroup implements AutoCloseable {
    private final List<String> memberIds;
    private final Duration operationTimeout;
    private final RequestClient client;
    private final WriteMessages messages;
    private final Questions questions;
    private final ScheduledExecutorService executor =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreads("group-retry-"));
    private final Retries retries = new Retries(executor, "the client");
    private volatile String leaderGuess;

    private RemoteGroup(
            String groupId,
            List<String> memberIds,
            Duration operationTimeout,
            RequestClient client,
            @Nullable MessageKey key) {
        this.memberIds = List.copyOf(memberIds);
        this.operationTimeout = operationTimeout;
        this.client = client;
        this.messages = new WriteMessages(client, groupId, key);
        this.questions = new Questions(client, groupId, key);
        this.leaderGuess = memberIds.get(0);
    }

    /**
     * A client of a group without a password; connects when it is first used.
     *
     * @param memberIds the ids ({@code host:port}) of some or all members, one at least
     * @throws IllegalArgumentException an id is none
     */
    public static RemoteGroup of(String groupId, List<String> memberIds, Duration operationTimeout) {
        return of(groupId, memberIds, operationTimeout, null);
    }

    /**
     * A client of the group; connects when it is first used.
     *
     * @param memberIds the ids ({@code host:port}) of some or all members, one at least
     * @param key of the group's password; null if it has none
     * @throws IllegalArgumentException an id is none
     */
    public static RemoteGroup of(
            String groupId, List<String> memberIds, Duration operationTimeout, @Nullable MessageKey key) {
        if (memberIds.isEmpty()) {
            throw new IllegalArgumentException("memberIds is empty, expected one id at least");
        }
        memberIds.forEach(MemberAddress::check);
        RequestClient client = RaftLibrary.onClassPath().openClient();
        return new RemoteGroup(groupId, memberIds, operationTimeout, client, key);
    }

    public List<String> memberIds() {
        return memberIds;
    }

    /** Like {@link ClusterClient#write}: in order while the leader stays the same and this client knows it. */
    public void write(byte[] command, WriteCallback callback) {
        Command.check(command);
        submit(new PendingWrite(this::submitLater, command, callback, operationTimeout.toNanos()));
    }

    private void submit(PendingWrite write) {
        String to = leaderGuess;
        messages.send(write, to, (refused, leaderId) -> {
            guessAnother(to, leaderId);
            submitLater(refused);
        });
    }

    private void submitLater(PendingWrite write) {
        retries.write(write, this::submit);
    }

    private void guessAnother(String wrong, String leaderId) {
        if (!leaderId.isEmpty()) {
            leaderGuess = leaderId;
        } else if (leaderGuess.equals(wrong)) {
            leaderGuess = after(wrong);
        }
    }

    /** Reads one value; null if there is no record. */
    public CompletableFuture<byte @Nullable []> get(ReadConsistency consistency, byte[] key) {
        return read(ClientRequest.Kind.GET, new ReadBody(consistency.code(), key).encode())
                .thenApply(RemoteGroup::value);
    }

    private static byte @Nullable [] value(byte[] body) {
        if (body[0] == 0) {
            return null;
        }
        byte[] value = new byte[body.length - 1];
        System.arraycopy(body, 1, value, 0, value.length);
        return value;
    }

    /**
     * Reads up to {@code limit} entries in the order of keys, from the smallest one that is not smaller than {@code fromInclusive}; fewer
     * if the answer grows large.
     */
    public CompletableFuture<List<Entries.Entry>> scan(ReadConsistency consistency, byte[] fromInclusive, int limit) {
        return read(ClientRequest.Kind.SCAN, new ScanBody(consistency.code(), limit, fromInclusive).encode())
                .thenApply(Entries::decode);
    }

    /** Asks whoever seems to lead until somebody answers or the time is up. */
    private CompletableFuture<byte[]> read(ClientRequest.Kind kind, byte[] body) {
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        read(kind, body, answer, System.nanoTime() + operationTimeout.toNanos());
        return answer;
    }

    private void read(ClientRequest.Kind kind, byte[] body, CompletableFuture<byte[]> answer, long deadlineNanos) {
        String to = leaderGuess;
        CompletableFuture<ClientResponse> unused = ask(to, kind, body).whenComplete((response, failure) -> {
            if (response != null && response.outcome() == Outcome.OK) {
                answer.complete(response.body());
                return;
            }
            RaftFailure reason = response == null
                    ? new RaftFailure(RaftFailure.Code.NO_LEADER, String.valueOf(failure.getMessage()))
                    : FailureAnswers.toFailure(response);
            boolean mayHelp =
                    reason.code() == RaftFailure.Code.NO_LEADER || reason.code() == RaftFailure.Code.UNAVAILABLE;
            if (!mayHelp) {
                answer.completeExceptionally(new ClusterException.OperationFailed(reason));
                return;
            }
            guessAnother(to, "");
            retries.orFail(
                    deadlineNanos,
                    reason,
                    ended -> answer.completeExceptionally(new ClusterException.OperationFailed(ended)),
                    () -> read(kind, body, answer, deadlineNanos));
        });
    }

    /** How one member sees itself and the group. Fails if it does not answer. */
    public CompletableFuture<MemberStatus> status(String memberId) {
        return require(memberId, ClientRequest.Kind.STATUS, "").thenApply(MemberStatus::decode);
    }

    /** The engines under one member, their settings and figures. */
    public CompletableFuture<MemberFigures> figures(String memberId) {
        return require(memberId, ClientRequest.Kind.FIGURES, "").thenApply(MemberFigures::decode);
    }

    /** Like {@link Member#takeWriteStages}. */
    public CompletableFuture<StageTimes> takeWriteStages(String memberId) {
        return require(memberId, ClientRequest.Kind.WRITE_STAGES, "").thenApply(StageTimes::decode);
    }

    /** What one member holds under a key, as far as it has applied; null if it holds nothing. */
    public CompletableFuture<byte @Nullable []> localValue(String memberId, byte[] key) {
        return require(memberId, ClientRequest.Kind.GET, new ReadBody(ReadConsistency.LOCAL.code(), key).encode())
                .thenApply(RemoteGroup::value);
    }

    /** The digest of one member's content. */
    public CompletableFuture<ContentDigest> digest(String memberId) {
        return require(memberId, ClientRequest.Kind.DIGEST, "").thenApply(body -> {
            String[] parts = new String(body, StandardCharsets.US_ASCII).split(" ");
            return new ContentDigest(parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2]));
        });
    }

    /** Makes one member take a snapshot; gives the last index in it. */
    public CompletableFuture<Long> snapshot(String memberId) {
        return require(memberId, ClientRequest.Kind.SNAPSHOT, "")
                .thenApply(body -> Long.parseLong(new String(body, StandardCharsets.US_ASCII)));
    }

    /**
     * Like {@link Member#addVoter(String)}, asked of the member {@code asked} first, and of the others if that one does not answer or
     * belongs to no group. Fails with {@link ClusterException.ChangeRefused}, or {@link ClusterException.MemberFailed} if nobody answers.
     */
    public CompletableFuture<Membership> addVoter(String asked, String memberId) {
        return change(asked, ClientRequest.Kind.ADD_VOTER, memberId);
    }

    /** Like {@link Member#addLearner(String)}, asked and failing like {@link #addVoter}. */
    public CompletableFuture<Membership> addLearner(String asked, String memberId) {
        return change(asked, ClientRequest.Kind.ADD_LEARNER, memberId);
    }

    /** Like {@link Member#remove(String)}, asked and failing like {@link #addVoter}. */
    public CompletableFuture<Membership> remove(String asked, String memberId) {
        return change(asked, ClientRequest.Kind.REMOVE, memberId);
    }

    /** Like {@link Member#transferLeadershipTo(String)}, asked and failing like {@link #addVoter}. */
    public CompletableFuture<Membership> transferLeadership(String asked, String memberId) {
        return change(asked, ClientRequest.Kind.TRANSFER, memberId);
    }

    private CompletableFuture<Membership> change(String asked, ClientRequest.Kind kind, String memberId) {
        AskedChange change = new AskedChange(kind, memberId);
        change.ask(asked, false);
        return change.done.thenApply(Membership::decode);
    }

    /** A change of the group's members on its way from one member to the next, until one has answered or the time is up. */
    private final class AskedChange {
        private final ClientRequest.Kind kind;
        private final String memberId;
        private final long deadlineNanos = System.nanoTime() + operationTimeout.toNanos();
        private final CompletableFuture<byte[]> done = new CompletableFuture<>();

        AskedChange(ClientRequest.Kind kind, String memberId) {
            this.kind = kind;
            this.memberId = memberId;
        }

        /** @param begun whether a member that was asked before may have begun with it */
        void ask(String to, boolean begun) {
            long leftMillis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime()));
            byte[] body = ChangeBody.answeredWithin(leftMillis, memberId, begun).encode();
            CompletableFuture<ClientResponse> unused = questions
                    .ask(to, kind, body, leftMillis)
                    .whenComplete((response, failure) -> {
                        if (failure != null) {
                            askNext(to, true, failure);
                        } else if (response.outcome() == Outcome.OK) {
                            done.complete(response.body());
                        } else {
                            hear(to, begun, ChangeRefused.of(response));
                        }
                    });
        }

        private void hear(String from, boolean begun, ChangeRefused refused) {
            switch (refused.reason()) {
                case OUTSIDE -> askNext(from, begun, refused);
                case STOPPED -> askNext(from, true, refused);
                default -> done.completeExceptionally(refused);
            }
        }

        private void askNext(String last, boolean begun, Throwable why) {
            retries.orFail(
                    deadlineNanos,
                    new RaftFailure(RaftFailure.Code.UNAVAILABLE, String.valueOf(why.getMessage())),
                    ended -> done.completeExceptionally(why),
                    () -> ask(after(last), begun));
        }
    }

    /** The member to be asked when {@code memberId} is of no help. */
    private String after(String memberId) {
        return memberIds.get((memberIds.indexOf(memberId) + 1) % memberIds.size());
    }

    private CompletableFuture<byte[]> require(String memberId, ClientRequest.Kind kind, String body) {
        return require(memberId, kind, body.getBytes(StandardCharsets.UTF_8));
    }

    private CompletableFuture<byte[]> require(String memberId, ClientRequest.Kind kind, byte[] body) {
        return ask(memberId, kind, body).thenApply(response -> {
            if (response.outcome() != Outcome.OK) {
                throw new ClusterException.OperationFailed(FailureAnswers.toFailure(response));
            }
            return response.body();
        });
    }

    private CompletableFuture<ClientResponse> ask(String memberId, ClientRequest.Kind kind, byte[] body) {
        return questions.ask(memberId, kind, body, operationTimeout.toMillis());
    }

    /** Closes the connections; what is outstanding fails. A second close does nothing. */
    @Override
    public synchronized void close() {
        if (executor.isShutdown()) {
            return;
        }
        executor.shutdown();
        client.close();
    }
}

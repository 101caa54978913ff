package io.quorumark.raft;

import io.quorumark.engine.Cursor;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Limits;
import io.quorumark.engine.Reader;
import io.quorumark.raft.command.Command;
import io.quorumark.raft.command.WriteResult;
import io.quorumark.raft.message.ChangeBody;
import io.quorumark.raft.message.ClientRequest;
import io.quorumark.raft.message.ClientResponse;
import io.quorumark.raft.message.ClientResponse.Outcome;
import io.quorumark.raft.message.Entries;
import io.quorumark.raft.message.JvmUse;
import io.quorumark.raft.message.MemberFigures;
import io.quorumark.raft.message.ProcessPlace;
import io.quorumark.raft.message.ReadBody;
import io.quorumark.raft.message.ScanBody;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Answers what clients and other members ask of one member. A write is taken by a leader only: others answer who leads, so that it
 * travels once. Writes enter the
 * log in the order in which they arrive on a connection: one thread takes them all, which only hands them over.
 */
final class MemberService implements RequestHandler {
    private static final int MOST_SCAN_BYTES = 1 << 20;

    private final LocalMember member;
    private final Executor arrivals;
    private final Executor slow;
    private final ClientAccess access;

    /**
     * @param arrivals one thread, which everything passes
     * @param slow runs what may take long: reads, digests
     * @param access asked about every request
     */
    MemberService(LocalMember member, Executor arrivals, Executor slow, ClientAccess access) {
        this.member = member;
        this.arrivals = arrivals;
        this.slow = slow;
        this.access = access;
    }

    @Override
    public Executor executor() {
        return arrivals;
    }

    @Override
    public void handle(Caller caller, ClientRequest request, Consumer<ClientResponse> answer) {
        String refused = request.version() == ClientRequest.VERSION ? whyRefused(caller, request) : null;
        if (refused != null) {
            answer.accept(ClientResponse.of(Outcome.REFUSED, "member " + member.id() + " " + refused));
            return;
        }
        if (request.kind() == ClientRequest.Kind.WRITE) {
            answerOrRefuse(request, answer);
            return;
        }
        try {
            slow.execute(() -> answerOrRefuse(request, answer));
        } catch (RejectedExecutionException e) {
            answer.accept(ClientResponse.of(Outcome.UNAVAILABLE, "member " + member.id() + " is being stopped"));
        } catch (OutOfMemoryError e) {
            answer.accept(ClientResponse.of(
                    Outcome.UNAVAILABLE,
                    "member " + member.id() + " has no thread for the request: " + e.getMessage()));
        }
    }

    /** A request of another version says nothing that could be asked for, and is told so before it is asked for a password. */
    private @Nullable String whyRefused(Caller caller, ClientRequest request) {
        if (access.key() == null) {
            return null;
        }
        boolean letInBefore = caller.isLetIn();
        String refused = access.whyRefused(caller.address(), letInBefore, request);
        if (refused == null && !letInBefore) {
            caller.letIn();
        }
        return refused;
    }

    private void answerOrRefuse(ClientRequest request, Consumer<ClientResponse> answer) {
        try {
            if (request.version() != ClientRequest.VERSION) {
                answer.accept(ClientResponse.of(
                        Outcome.REFUSED,
                        "member " + member.id() + " speaks version " + ClientRequest.VERSION
                                + " of its messages, was spoken to in version " + request.version()
                                + "; run the same Quorumark for every member and client"));
                return;
            }
            if (!request.groupId().equals(member.groupId())) {
                answer.accept(ClientResponse.of(
                        Outcome.REFUSED,
                        "member " + member.id() + " belongs to group '" + member.groupId() + "', not '"
                                + request.groupId() + "'; correct the group or the address"));
                return;
            }
            answer(request, answer);
        } catch (IllegalArgumentException | ClusterException e) {
            answer.accept(ClientResponse.of(Outcome.REFUSED, String.valueOf(e.getMessage())));
        } catch (RuntimeException | Error e) {
            // what a write has come to is not known
            Outcome outcome =
                    request.kind() == ClientRequest.Kind.WRITE ? Outcome.UNKNOWN_OUTCOME : Outcome.UNAVAILABLE;
            answer.accept(ClientResponse.of(
                    outcome,
                    "member " + member.id() + " failed to answer: " + (e instanceof Error ? e : e.getMessage())));
        }
    }

    private void answer(ClientRequest request, Consumer<ClientResponse> answer) {
        switch (request.kind()) {
            case WRITE -> write(request.body(), answer);
            case GET -> get(ReadBody.decode(request.body()), answer);
            case SCAN -> scan(ScanBody.decode(request.body()), answer);
            case STATUS ->
                answer.accept(new ClientResponse(Outcome.OK, member.status().encode()));
            case DIGEST -> {
                ContentDigest digest = member.digest();
                answer.accept(ClientResponse.of(
                        Outcome.OK,
                        String.format(
                                Locale.ROOT,
                                "%s %d %d",
                                digest.sha256(),
                                digest.recordCount(),
                                digest.appliedIndex())));
            }
            case FIGURES ->
                answer.accept(new ClientResponse(
                        Outcome.OK,
                        new MemberFigures(
                                        member.logUsage().asMessage(),
                                        member.stateUsage().asMessage(),
                                        ProcessPlace.ofThisProcess(member.directory()),
                                        JvmUse.now())
                                .encode()));
            case WRITE_STAGES ->
                answer.accept(
                        new ClientResponse(Outcome.OK, member.takeWriteStages().encode()));
            case SNAPSHOT -> later(member.snapshot().thenApply(String::valueOf), answer);
            case ADD_VOTER -> change(MembershipChange.Goal.VOTER, ChangeBody.decode(request.body()), answer);
            case ADD_LEARNER -> change(MembershipChange.Goal.LEARNER, ChangeBody.decode(request.body()), answer);
            case REMOVE -> change(MembershipChange.Goal.REMOVED, ChangeBody.decode(request.body()), answer);
            case TRANSFER -> change(MembershipChange.Goal.LEADER, ChangeBody.decode(request.body()), answer);
        }
    }

    private void change(MembershipChange.Goal goal, ChangeBody body, Consumer<ClientResponse> answer) {
        Duration timeout =
                body.timeoutMillis() == 0 ? member.operationTimeout() : Duration.ofMillis(body.timeoutMillis());
        CompletableFuture<Membership> unused = member.change(goal, body.memberId(), body.begun(), timeout)
                .whenComplete((agreed, failure) -> {
                    if (failure == null) {
                        answer.accept(new ClientResponse(Outcome.OK, agreed.encode()));
                    } else if (failure instanceof ClusterException.ChangeRefused refused) {
                        answer.accept(refused.toResponse());
                    } else {
                        answer.accept(ClientResponse.of(Outcome.REFUSED, String.valueOf(failure.getMessage())));
                    }
                });
    }

    private static void later(CompletableFuture<String> future, Consumer<ClientResponse> answer) {
        BiConsumer<String, Throwable> send = (text, failure) -> answer.accept(
                failure == null
                        ? ClientResponse.of(Outcome.OK, text)
                        : ClientResponse.of(Outcome.REFUSED, String.valueOf(failure.getMessage())));
        CompletableFuture<String> unused = future.whenComplete(send);
    }

    private void write(byte[] command, Consumer<ClientResponse> answer) {
        Command.check(command);
        RunningMember running = member.running();
        PendingWrite write = new PendingWrite(
                refused -> answer.accept(ClientResponse.of(Outcome.NOT_LEADER, member.leaderId())),
                command,
                new WriteCallback() {
                    @Override
                    public void onSuccess(WriteResult result) {
                        answer.accept(new ClientResponse(Outcome.OK, result.encode()));
                    }

                    @Override
                    public void onFailure(RaftFailure failure) {
                        answer.accept(response(failure));
                    }
                },
                Long.MAX_VALUE);
        if (running == null || running.leaderTerm() == 0 || !write.submitTo(running)) {
            answer.accept(ClientResponse.of(Outcome.NOT_LEADER, member.leaderId()));
        }
    }

    static ClientResponse response(RaftFailure failure) {
        return FailureAnswers.of(failure);
    }

    private void get(ReadBody read, Consumer<ClientResponse> answer) {
        member.readOnce(ReadConsistency.of(read.consistency()), new StateRead() {
            @Override
            public void onState(Reader reader, Keyspace state) {
                answer.accept(new ClientResponse(Outcome.OK, valueOf(reader, state, read.key())));
            }

            @Override
            public void onFailure(RaftFailure failure) {
                answer.accept(response(failure));
            }
        });
    }

    /** One byte that says whether the record is there, then its value. */
    private static byte[] valueOf(Reader reader, Keyspace state, byte[] key) {
        ByteBuffer wanted = ByteBuffer.wrap(key);
        ByteBuffer target = ByteBuffer.allocate(1024);
        target.put((byte) 1);
        int length = reader.get(state, wanted, target);
        if (length == Reader.NOT_FOUND) {
            return new byte[] {0};
        }
        while (length > target.capacity() - 1) {
            target = ByteBuffer.allocate(1 + Math.min(length, Limits.PORTABLE_MAX_VALUE_BYTES));
            target.put((byte) 1);
            length = reader.get(state, wanted, target);
            if (length == Reader.NOT_FOUND) {
                return new byte[] {0};
            }
        }
        byte[] found = new byte[1 + length];
        target.get(0, found);
        return found;
    }

    private void scan(ScanBody scan, Consumer<ClientResponse> answer) {
        member.readOnce(ReadConsistency.of(scan.consistency()), new StateRead() {
            @Override
            public void onState(Reader reader, Keyspace state) {
                answer.accept(new ClientResponse(Outcome.OK, Entries.encode(entries(reader, state, scan))));
            }

            @Override
            public void onFailure(RaftFailure failure) {
                answer.accept(response(failure));
            }
        });
    }

    private static List<Entries.Entry> entries(Reader reader, Keyspace state, ScanBody scan) {
        List<Entries.Entry> found = new ArrayList<>();
        int bytes = 0;
        try (Cursor cursor = reader.openCursor(state)) {
            boolean on = scan.fromInclusive().length == 0
                    ? cursor.first()
                    : cursor.seekCeiling(ByteBuffer.wrap(scan.fromInclusive()));
            while (on && found.size() < scan.limit() && bytes < MOST_SCAN_BYTES) {
                Entries.Entry entry = new Entries.Entry(copy(cursor.key()), copy(cursor.value()));
                found.add(entry);
                bytes += entry.encodedBytes();
                on = cursor.next();
            }
        }
        return found;
    }

    private static byte[] copy(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(buffer.position(), bytes);
        return bytes;
    }
}

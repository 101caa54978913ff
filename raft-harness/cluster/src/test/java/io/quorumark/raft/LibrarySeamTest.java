package io.quorumark.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Reader;
import io.quorumark.raft.RequestClient.Loss;
import io.quorumark.raft.command.CommandEncoder;
import io.quorumark.raft.command.WriteResult;
import io.quorumark.raft.message.ClientRequest;
import io.quorumark.raft.message.ClientResponse;
import io.quorumark.raft.message.ClientResponse.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What members and clients make of a library's answers, without a library. */
class LibrarySeamTest {
    private static final String ID = "127.0.0.1:1";
    private static final String OTHER = "127.0.0.1:2";

    @TempDir
    Path folder;

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    private final ScriptedMember scripted = new ScriptedMember();
    private final Queue<Consumer<RequestClient.Answer>> answers = new ArrayDeque<>();
    private final List<String> askedForWrites = new ArrayList<>();
    private final MemberServers servers = new MemberServers(new Network(), ClientAccess.open());
    private LocalMember member;
    private LeaderClient client;

    /** Starts the scripted member, and answers writes that are sent to others as {@code answers} say. */
    private final class Network implements MemberNetwork, RequestClient {
        @Override
        public RequestClient client(String memberId) {
            return this;
        }

        @Override
        public RunningMember start(MemberConfig config, RequestHandler requests, MemberFailure failure) {
            return scripted;
        }

        @Override
        public @Nullable MemberLinks links() {
            return null;
        }

        @Override
        public void send(String memberId, ClientRequest request, long timeoutMillis, Answer answer) {
            if (request.kind() == ClientRequest.Kind.WRITE) {
                askedForWrites.add(memberId);
                answers.remove().accept(answer);
            } else {
                answer.onLoss(Loss.NOT_SENT, null);
            }
        }

        @Override
        public void close() {}
    }

    @BeforeEach
    void start() {
        MemberConfig config = new MemberConfig(
                "seam",
                ID,
                List.of(ID, OTHER),
                folder,
                Engines.spec("memory"),
                Engines.spec("memory"),
                RaftSettings.DEFAULTS,
                Duration.ofSeconds(20));
        member = new LocalMember(config, 0, servers, executor);
        member.start();
        client = new LeaderClient(List.of(member), new Retries(executor, "the test"), TimeUnit.SECONDS.toNanos(20));
    }

    @AfterEach
    void stop() {
        member.stop();
        executor.shutdownNow();
        servers.close();
    }

    private static byte[] command() {
        return CommandEncoder.put(new byte[] {1}, 1, new byte[] {2}, 1);
    }

    /** How a write ended: {@code APPLIED}, or the failure's code. */
    private static final class Ending implements WriteCallback {
        private final CompletableFuture<String> ended = new CompletableFuture<>();

        @Override
        public void onSuccess(WriteResult result) {
            ended.complete(result.outcome().name());
        }

        @Override
        public void onFailure(RaftFailure failure) {
            ended.complete(failure.code().name());
        }

        private String get() {
            return Group.answer(ended);
        }
    }

    private String written() {
        Ending ending = new Ending();
        client.write(command(), ending);
        return ending.get();
    }

    private String writtenThroughMember() {
        Ending ending = new Ending();
        member.write(command(), ending);
        return ending.get();
    }

    @Test
    void a_write_that_was_surely_not_taken_is_submitted_again_until_it_is_applied() {
        scripted.writes.add(callback -> callback.onNotTaken("another leads"));
        scripted.writes.add(callback -> callback.onNotTaken("another leads"));
        scripted.writes.add(callback -> callback.onApplied(WriteResult.APPLIED));

        assertThat(written()).isEqualTo("APPLIED");
        assertThat(scripted.submitted).hasValue(3);
    }

    @Test
    void a_write_that_was_refused_or_may_have_been_taken_is_not_submitted_again() {
        for (RaftFailure.Code code : List.of(RaftFailure.Code.BUSY, RaftFailure.Code.UNKNOWN_OUTCOME)) {
            scripted.submitted.set(0);
            scripted.writes.add(callback -> callback.onFailure(new RaftFailure(code, "why")));

            assertThat(written()).isEqualTo(code.name());
            assertThat(scripted.submitted).hasValue(1);
        }
    }

    @Test
    void a_write_through_a_member_that_does_not_lead_is_sent_to_the_leader() {
        scripted.leaderTerm = 0;
        scripted.leaderId = OTHER;
        answers.add(answer -> answer.onResponse(ClientResponse.of(Outcome.NOT_LEADER, "")));
        answers.add(answer -> answer.onLoss(Loss.NOT_SENT, null));
        answers.add(answer -> answer.onResponse(new ClientResponse(Outcome.OK, WriteResult.APPLIED.encode())));

        assertThat(writtenThroughMember()).isEqualTo("APPLIED");
        assertThat(askedForWrites).containsExactly(OTHER, OTHER, OTHER);
        assertThat(scripted.submitted).hasValue(0);
    }

    @Test
    void a_write_whose_answer_is_lost_may_have_happened_and_is_not_sent_again() {
        scripted.leaderTerm = 0;
        scripted.leaderId = OTHER;
        for (Loss loss : List.of(Loss.TIMED_OUT, Loss.BROKEN, Loss.INTERRUPTED)) {
            askedForWrites.clear();
            answers.add(answer -> answer.onLoss(loss, null));

            assertThat(writtenThroughMember()).as(loss.name()).isEqualTo("UNKNOWN_OUTCOME");
            assertThat(askedForWrites).containsExactly(OTHER);
        }
    }

    @Test
    void a_read_that_no_leader_confirms_is_tried_again_and_one_that_is_confirmed_reads_here() {
        scripted.reads.add(read -> read.onFailure(new RaftFailure(RaftFailure.Code.NO_LEADER, "none")));
        scripted.reads.add(ReadConfirmation::onConfirmed);

        assertThat(read()).isEqualTo(new RaftFailure(RaftFailure.Code.UNAVAILABLE, "read here"));
        assertThat(scripted.reads).isEmpty();
    }

    @Test
    void a_read_that_fails_otherwise_ends() {
        RaftFailure late = new RaftFailure(RaftFailure.Code.TIMEOUT, "late");
        scripted.reads.add(read -> read.onFailure(late));

        assertThat(read()).isEqualTo(late);
    }

    private RaftFailure read() {
        CompletableFuture<RaftFailure> failure = new CompletableFuture<>();
        client.read(ReadConsistency.LINEARIZABLE, new StateRead() {
            @Override
            public void onState(Reader reader, Keyspace state) {
                failure.completeExceptionally(new AssertionError("there is no state"));
            }

            @Override
            public void onFailure(RaftFailure ended) {
                failure.complete(ended);
            }
        });
        return Group.answer(failure);
    }

    @Test
    void the_library_on_the_class_path_is_found() {
        assertThat(RaftLibrary.onClassPath().name()).isEqualTo("SOFAJRaft");
    }

    @Test
    void the_library_says_the_version_that_its_own_jar_names() throws IOException {
        Properties jar = new Properties();
        try (InputStream file =
                RaftLibrary.class.getResourceAsStream("/META-INF/maven/com.alipay.sofa/jraft-core/pom.properties")) {
            jar.load(Objects.requireNonNull(file));
        }
        assertThat(RaftLibrary.onClassPath().version()).isEqualTo(jar.getProperty("version"));
    }
}

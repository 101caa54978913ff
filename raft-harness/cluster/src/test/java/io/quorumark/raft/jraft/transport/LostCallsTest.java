package io.quorumark.raft.jraft.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.alipay.sofa.jraft.error.RemotingException;
import com.alipay.sofa.jraft.rpc.Connection;
import com.alipay.sofa.jraft.rpc.InvokeCallback;
import com.alipay.sofa.jraft.rpc.RpcClient;
import com.alipay.sofa.jraft.rpc.RpcContext;
import com.alipay.sofa.jraft.rpc.RpcProcessor;
import com.alipay.sofa.jraft.rpc.RpcRequests.AppendEntriesRequest;
import com.alipay.sofa.jraft.rpc.RpcServer;
import com.alipay.sofa.jraft.util.Endpoint;
import io.quorumark.raft.Await;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of messages that a cut link or a closed connection swallows. */
class LostCallsTest {
    private static final Endpoint HERE = new Endpoint("here", 1);
    private static final Endpoint THERE = new Endpoint("there", 1);
    private static final Endpoint THERE_TOO = new Endpoint("there-too", 1);
    private static final long AN_HOUR_MILLIS = 3_600_000;
    private static final AppendEntriesRequest ENTRIES = AppendEntriesRequest.newBuilder()
            .setGroupId("nobody")
            .setServerId("here:1")
            .setPeerId("there:1")
            .setTerm(1)
            .setPrevLogTerm(0)
            .setPrevLogIndex(0)
            .setCommittedIndex(0)
            .build();

    private final InJvmNetwork network = new InJvmNetwork();
    private final EntriesProcessor processor = new EntriesProcessor(Runnable::run);

    @BeforeEach
    void listen() {
        RpcServer server = network.attach(THERE).newServer();
        server.registerProcessor(processor);
        assertThat(server.init(null)).isTrue();
    }

    @AfterEach
    void close() {
        network.close();
    }

    private CompletableFuture<@Nullable Throwable> call() throws Exception {
        return call(THERE);
    }

    private CompletableFuture<@Nullable Throwable> call(Endpoint to) throws Exception {
        RpcClient client = network.attach(HERE).newClient();
        CompletableFuture<@Nullable Throwable> ended = new CompletableFuture<>();
        InvokeCallback callback = new InvokeCallback() {
            @Override
            public void complete(@Nullable Object result, @Nullable Throwable failure) {
                ended.complete(failure);
            }

            @Override
            public Executor executor() {
                return Runnable::run;
            }
        };
        client.invokeAsync(to, ENTRIES, null, callback, AN_HOUR_MILLIS);
        return ended;
    }

    @Test
    void a_call_over_a_whole_link_is_answered() throws Exception {
        CompletableFuture<@Nullable Throwable> ended = call();
        Await.until("the call is answered", ended::isDone);
        assertThat(ended.join()).isNull();
    }

    @Test
    void a_request_that_was_lost_fails_when_the_link_is_mended() throws Exception {
        network.cut(HERE, THERE);
        CompletableFuture<@Nullable Throwable> ended = call();
        assertThat(ended).isNotDone();
        network.heal(HERE, THERE);
        assertThat(ended.join()).isInstanceOf(RemotingException.class).hasMessageContaining("here:1 to there:1 broke");
    }

    @Test
    void a_request_whose_answer_was_lost_fails_when_the_link_is_mended() throws Exception {
        network.cut(THERE, HERE);
        CompletableFuture<@Nullable Throwable> ended = call();
        Await.until("the answer was lost", () -> network.lostCallsBetween(THERE, HERE) == 1);
        network.heal(THERE, HERE);
        assertThat(ended.join()).isInstanceOf(RemotingException.class).hasMessageContaining("there:1 to here:1 broke");
    }

    @Test
    void a_call_that_waits_for_its_answer_fails_when_the_server_ends() throws Exception {
        RpcServer silent = network.attach(THERE_TOO).newServer();
        silent.registerProcessor(new Silent());
        assertThat(silent.init(null)).isTrue();
        CompletableFuture<@Nullable Throwable> ended = call(THERE_TOO);
        assertThat(ended).isNotDone();
        silent.shutdown();
        assertThat(ended.join())
                .isInstanceOf(RemotingException.class)
                .hasMessageContaining("connection to there-too:1 was closed");
    }

    @ParameterizedTest
    @MethodSource("faults")
    void a_receiver_that_fails_where_it_takes_entries_ends_the_call_once_and_throws_nothing(Throwable fault)
            throws Exception {
        RpcServer ending = network.attach(THERE_TOO).newServer();
        ending.registerProcessor(new Failing(fault));
        assertThat(ending.init(null)).isTrue();
        CompletableFuture<@Nullable Throwable> ended = call(THERE_TOO);
        assertThat(ended).isCompletedWithValue(fault);
        assertThat(network.lostCallsBetween(HERE, THERE_TOO)).isZero();
        ending.shutdown();
    }

    static List<Throwable> faults() {
        return List.of(
                new AssertionError("no such member"),
                new IllegalStateException("is ending"),
                new RejectedExecutionException("is shut down"));
    }

    /** Says who is to handle entries as the library's own does when its member has just ended. */
    private static final class Failing extends Silent {
        private final Throwable fault;

        private Failing(Throwable fault) {
            this.fault = fault;
        }

        @Override
        public ExecutorSelector executorSelector() {
            return (type, header) -> {
                if (fault instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) fault;
            };
        }
    }

    @Test
    void a_caller_whose_threads_have_ended_is_told_on_another_thread_than_the_one_that_calls() throws Exception {
        CompletableFuture<Thread> told = new CompletableFuture<>();
        InvokeCallback callback = new InvokeCallback() {
            @Override
            public void complete(@Nullable Object result, @Nullable Throwable failure) {
                told.complete(Thread.currentThread());
            }

            @Override
            public Executor executor() {
                return task -> {
                    throw new RejectedExecutionException("is shut down");
                };
            }
        };
        network.attach(HERE).newClient().invokeAsync(THERE, ENTRIES, null, callback, AN_HOUR_MILLIS);
        assertThat(told.get(1, TimeUnit.MINUTES)).isNotSameAs(Thread.currentThread());
    }

    /** Takes entries and says nothing. */
    private static class Silent implements RpcProcessor<AppendEntriesRequest> {
        @Override
        public void handleRequest(RpcContext context, AppendEntriesRequest request) {}

        @Override
        public String interest() {
            return AppendEntriesRequest.class.getName();
        }
    }

    @Test
    void entries_that_wait_when_their_connection_is_closed_are_dropped() {
        InJvmServer there = new InJvmServer(network, new Endpoint("elsewhere", 1));
        InJvmConnection connection = there.accept();
        Answers answers = new Answers(connection);
        processor.handleRequest(answers, ENTRIES);
        assertThat(answers.count).hasValue(1);
        processor.onClosed("here:1", connection);
        processor.handleRequest(answers, ENTRIES);
        assertThat(answers.count).hasValue(1);
    }

    @Test
    void what_a_newer_connection_of_the_same_members_uses_outlives_the_older_one() {
        InJvmServer there = new InJvmServer(network, new Endpoint("elsewhere", 1));
        InJvmConnection older = there.accept();
        InJvmConnection newer = there.accept();
        Set<Object> pairsOfOlder = new HashSet<>(Set.of("PeerPair[there:1 -> here:1]", "PeerPair[there:1 -> other:1]"));
        Set<Object> pairsOfNewer = new HashSet<>(Set.of("PeerPair[there:1 -> here:1]"));
        older.setAttribute("jraft-peer-pairs", pairsOfOlder);
        newer.setAttribute("jraft-peer-pairs", pairsOfNewer);
        processor.handleRequest(new Answers(older), ENTRIES);
        processor.handleRequest(new Answers(newer), ENTRIES);
        // the library throws away what is left in the set
        processor.onClosed("here:1", older);
        assertThat(pairsOfOlder).containsExactly("PeerPair[there:1 -> other:1]");
        processor.onClosed("here:1", newer);
        assertThat(pairsOfNewer).containsExactly("PeerPair[there:1 -> here:1]");
    }

    private static final class Answers implements RpcContext {
        private final Connection connection;
        private final AtomicInteger count = new AtomicInteger();

        private Answers(Connection connection) {
            this.connection = connection;
        }

        @Override
        public void sendResponse(Object response) {
            count.incrementAndGet();
        }

        @Override
        public Connection getConnection() {
            return connection;
        }

        @Override
        public String getRemoteAddress() {
            return "here:1";
        }
    }
}

package io.quorumark.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.quorumark.engine.Durability;
import io.quorumark.engine.memory.MemoryEngineProvider;
import io.quorumark.raft.LoopbackPorts;
import io.quorumark.raft.MemberConfig;
import io.quorumark.raft.MemberNode;
import io.quorumark.raft.RaftFailure;
import io.quorumark.raft.RaftSettings;
import io.quorumark.raft.ReadConsistency;
import io.quorumark.raft.RemoteGroup;
import io.quorumark.raft.StoreSpec;
import io.quorumark.raft.WriteCallback;
import io.quorumark.raft.command.CommandEncoder;
import io.quorumark.raft.command.WriteResult;
import io.quorumark.raft.message.MessageKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Members with a password, spoken to over their own ports: who has it can do everything, a stranger nothing. */
class MembersPortTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final byte[] KEY = "key".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<MemberNode> nodes = new ArrayList<>();
    private final List<Access> accesses = new ArrayList<>();
    private List<String> ids;
    private String leader;

    @BeforeEach
    void start() {
        ids = LoopbackPorts.choose(3).stream().map(port -> "127.0.0.1:" + port).toList();
        StoreSpec store = StoreSpec.of(new MemoryEngineProvider(), Durability.PROCESS_CRASH);
        for (String id : ids) {
            // nobody is forgiven a failed attempt by the time that passes
            Access access = Access.with(Password.of("secret")).withClock(() -> 0);
            MemberNode node = MemberNode.start(
                    new MemberConfig(
                            "g",
                            id,
                            ids,
                            folder.resolve("m" + ids.indexOf(id)),
                            store,
                            store,
                            RaftSettings.DEFAULTS.withElectionTimeout(Duration.ofMillis(500)),
                            PATIENCE),
                    access);
            accesses.add(access);
            nodes.add(node);
            open.add(node);
        }
        leader = awaitLeader();
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    private String awaitLeader() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            for (MemberNode node : nodes) {
                if (node.member().isLeader()) {
                    return node.member().id();
                }
            }
            assertThat(System.nanoTime()).as("time until a member leads").isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private RemoteGroup client(@Nullable String password, String first) {
        // a stranger waits in vain for some of its answers
        Duration timeout = "secret".equals(password) ? PATIENCE : Duration.ofSeconds(2);
        RemoteGroup client =
                RemoteGroup.of("g", List.of(first), timeout, password == null ? null : MessageKey.of(password));
        open.add(0, client);
        return client;
    }

    private static CompletableFuture<WriteResult> put(RemoteGroup client) {
        CompletableFuture<WriteResult> done = new CompletableFuture<>();
        client.write(CommandEncoder.put(KEY, KEY.length, KEY, KEY.length), new WriteCallback() {
            @Override
            public void onSuccess(WriteResult result) {
                done.complete(result);
            }

            @Override
            public void onFailure(RaftFailure failure) {
                done.completeExceptionally(new AssertionError(failure.toString()));
            }
        });
        return done;
    }

    private Map<String, Supplier<CompletableFuture<?>>> everythingOf(RemoteGroup client, String other) {
        Map<String, Supplier<CompletableFuture<?>>> all = new LinkedHashMap<>();
        all.put("write", () -> put(client));
        all.put("get", () -> client.get(ReadConsistency.LOCAL, KEY));
        all.put("scan", () -> client.scan(ReadConsistency.LOCAL, KEY, 10));
        all.put("status", () -> client.status(leader));
        all.put("figures", () -> client.figures(leader));
        all.put("takeWriteStages", () -> client.takeWriteStages(leader));
        all.put("digest", () -> client.digest(leader));
        all.put("snapshot", () -> client.snapshot(leader));
        all.put("remove", () -> client.remove(leader, other));
        all.put("addLearner", () -> client.addLearner(leader, other));
        all.put("addVoter", () -> client.addVoter(leader, other));
        all.put("transferLeadership", () -> client.transferLeadership(leader, other));
        return all;
    }

    private String follower() {
        return ids.stream().filter(id -> !id.equals(leader)).findFirst().orElseThrow();
    }

    private double refusals(String reason) {
        return accesses.stream()
                .flatMap(access -> access.collectors().stream())
                .flatMap(collector -> ((CounterSnapshot) collector.collect()).getDataPoints().stream())
                .filter(point -> reason.equals(point.getLabels().get("reason")))
                .mapToDouble(CounterDataPointSnapshot::getValue)
                .sum();
    }

    @Test
    void a_stranger_gets_nothing_and_changes_nothing() {
        RemoteGroup friend = client("secret", leader);
        assertThat(friend.status(leader).join().leader()).isEqualTo(leader);

        everythingOf(client(null, leader), follower())
                .forEach((what, call) -> assertThatThrownBy(() -> call.get().join())
                        .as(what + " without the password")
                        .hasStackTraceContaining("asks for the group's password; name its file: access.passwordFile"));
        assertThat(refusals("no_password")).isGreaterThanOrEqualTo(12);

        assertThat(friend.get(ReadConsistency.LINEARIZABLE, KEY).join())
                .as("what a stranger wrote")
                .isNull();
        assertThat(nodes.get(ids.indexOf(leader)).member().membership().join().voters())
                .as("voters after a stranger's changes")
                .containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void who_guesses_is_slowed_down_and_who_is_in_already_is_not() {
        RemoteGroup friend = client("secret", leader);
        RemoteGroup guesser = client("secreT", leader);
        assertThat(friend.status(leader).join().leader()).isEqualTo(leader);
        for (int i = 0; i < FailedAttempts.BURST; i++) {
            assertThatThrownBy(() -> guesser.status(leader).join())
                    .hasStackTraceContaining("was shown another password than its own");
        }
        assertThatThrownBy(() -> guesser.status(leader).join())
                .hasStackTraceContaining("too many wrong passwords from this address; try again in a second");
        assertThatThrownBy(() -> client("secret", leader).status(leader).join())
                .as("the right password, among guesses, on a connection that is not in")
                .hasStackTraceContaining("too many wrong passwords");
        assertThat(friend.status(leader).join().leader()).isEqualTo(leader);
        assertThat(refusals("wrong_password")).isEqualTo(FailedAttempts.BURST);
    }

    @Test
    void who_has_the_password_can_do_everything_and_members_pass_it_on() {
        RemoteGroup friend = client("secret", leader);
        everythingOf(friend, follower()).forEach((what, call) -> {
            if (!what.equals("transferLeadership")) {
                call.get().join();
            }
        });
        String left = ids.stream()
                .filter(id -> !id.equals(leader) && !id.equals(follower()))
                .findFirst()
                .orElseThrow();
        CompletableFuture<WriteResult> throughAFollower = new CompletableFuture<>();
        nodes.get(ids.indexOf(left))
                .member()
                .write(CommandEncoder.put(KEY, KEY.length, KEY, KEY.length), new WriteCallback() {
                    @Override
                    public void onSuccess(WriteResult result) {
                        throughAFollower.complete(result);
                    }

                    @Override
                    public void onFailure(RaftFailure failure) {
                        throughAFollower.completeExceptionally(new AssertionError(failure.toString()));
                    }
                });
        assertThat(throughAFollower.join()).isEqualTo(WriteResult.APPLIED);
        assertThat(refusals("no_password") + refusals("wrong_password"))
                .as("members' own messages that were refused")
                .isZero();
    }
}

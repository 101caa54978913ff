package io.quorumark.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.raft.command.CommandEncoder;
import io.quorumark.raft.command.WriteResult;
import io.quorumark.raft.linearizability.RegisterStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A read whose engine fails ends, and says why. */
class FailedReadsTest {
    private static final String DAMAGE = "a page is damaged";
    private static final String ERROR = "java.lang.InternalError: a fault occurred";

    @TempDir
    Path directory;

    private final FailingReads engine = new FailingReads(Engines.byId("rocksdb"));
    private Group group;

    @BeforeEach
    void start() {
        group = Group.start(ClusterConfig.of(directory, Engines.spec("rocksdb"), Engines.spec(engine))
                .withMembers(1)
                .withElectionTimeout(Duration.ofMillis(300)));
        group.put("key", "value");
    }

    @AfterEach
    void close() {
        engine.heal();
        group.close();
    }

    @ParameterizedTest
    @EnumSource(ReadConsistency.class)
    void a_read_that_finds_damage_fails(ReadConsistency consistency) {
        engine.damage();
        assertFails(Group.read(read -> group.cluster().client().read(consistency, read), "key"), DAMAGE);
        assertFails(Group.read(read -> group.leader().read(consistency, read), "key"), DAMAGE);
        engine.heal();
        assertThat(group.get(consistency, "key")).isEqualTo("value");
    }

    @ParameterizedTest
    @EnumSource(ReadConsistency.class)
    void a_read_that_ends_in_an_error_of_the_jvm_fails(ReadConsistency consistency) {
        engine.losePages();
        assertFails(Group.read(read -> group.cluster().client().read(consistency, read), "key"), ERROR);
        assertFails(Group.read(read -> group.leader().read(consistency, read), "key"), ERROR);
        engine.heal();
        assertThat(group.get(consistency, "key")).isEqualTo("value");
    }

    @Test
    void a_snapshot_that_meets_an_error_of_the_jvm_fails_instead_of_never_ending() {
        engine.losePages();
        assertFails(group.leader().snapshot(), ERROR);
    }

    @ParameterizedTest
    @EnumSource(ReadConsistency.class)
    void a_read_that_gets_no_session_fails(ReadConsistency consistency) {
        engine.refuseSessions();
        assertFails(Group.read(read -> group.cluster().client().read(consistency, read), "key"), "no more sessions");
        engine.heal();
        assertThat(group.get(consistency, "key")).isEqualTo("value");
    }

    @Test
    void a_checked_client_hears_of_damage_and_of_records_that_are_none_of_its_own() {
        assertFails(readRegister(RegisterStore.of(group.leader())), "expected 8");
        engine.damage();
        assertFails(readRegister(RegisterStore.of(group.cluster().client())), DAMAGE);
        assertFails(readRegister(RegisterStore.of(group.leader())), DAMAGE);
    }

    private static CompletableFuture<Long> readRegister(RegisterStore store) {
        CompletableFuture<Long> result = new CompletableFuture<>();
        store.read("key", new RegisterStore.RegisterRead() {
            @Override
            public void onValue(long value) {
                result.complete(value);
            }

            @Override
            public void onFailure(RaftFailure failure) {
                result.completeExceptionally(new Group.FailedOperation(failure));
            }
        });
        return result;
    }

    @Test
    void a_client_elsewhere_hears_of_damage_instead_of_waiting() {
        String id = "127.0.0.1:" + LoopbackPorts.choose(1).get(0);
        MemberConfig config = new MemberConfig(
                "failed-reads",
                id,
                List.of(id),
                directory.resolve("elsewhere"),
                Engines.spec("rocksdb"),
                Engines.spec(engine),
                RaftSettings.DEFAULTS.withElectionTimeout(Duration.ofMillis(300)),
                Duration.ofSeconds(5));
        try (MemberNode node = MemberNode.start(config);
                RemoteGroup client = RemoteGroup.of("failed-reads", List.of(id), Duration.ofSeconds(3))) {
            Await.until("it leads", () -> node.member().isLeader());
            Group.answer(put(client));
            assertFails(readRegister(RegisterStore.of(client)), "expected 8");
            engine.damage();
            assertFails(client.localValue(id, Group.bytes("key")), DAMAGE);
            assertFails(client.get(ReadConsistency.LINEARIZABLE, Group.bytes("key")), DAMAGE);
            assertFails(client.scan(ReadConsistency.LINEARIZABLE, Group.bytes("key"), 1), DAMAGE);
            assertFails(client.digest(id), DAMAGE);
            engine.heal();
            engine.losePages();
            assertFails(client.get(ReadConsistency.LINEARIZABLE, Group.bytes("key")), ERROR);
            assertFails(client.digest(id), ERROR);
            engine.heal();
        }
    }

    private static CompletableFuture<WriteResult> put(RemoteGroup client) {
        CompletableFuture<WriteResult> done = new CompletableFuture<>();
        client.write(CommandEncoder.put(Group.bytes("key"), 3, Group.bytes("value"), 5), new WriteCallback() {
            @Override
            public void onSuccess(WriteResult result) {
                done.complete(result);
            }

            @Override
            public void onFailure(RaftFailure failure) {
                done.completeExceptionally(new Group.FailedOperation(failure));
            }
        });
        return done;
    }

    private static void assertFails(CompletableFuture<?> future, String why) {
        assertThatThrownBy(() -> Group.answer(future)).hasMessageContaining(why);
    }
}

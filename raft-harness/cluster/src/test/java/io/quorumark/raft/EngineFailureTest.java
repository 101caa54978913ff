package io.quorumark.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.engine.EngineException;
import io.quorumark.raft.command.CommandEncoder;
import io.quorumark.raft.command.WriteResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A member whose engine fails stops answering, and says why; the others go on. */
class EngineFailureTest {
    @TempDir
    Path directory;

    private final FailingEngine engine = new FailingEngine(Engines.byId("rocksdb"));

    private Group start() {
        StoreSpec spec = Engines.spec(engine);
        return Group.start(ClusterConfig.of(directory, spec, spec).withElectionTimeout(Duration.ofMillis(300)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"log", "state"})
    void when_a_followers_engine_fails_the_group_goes_on_without_it(String store) {
        try (Group group = start()) {
            group.put("key", "value");
            group.assertSameContent();
            Member failing = group.aFollower();
            engine.breakCommitsIn(failing.directory().resolve(store));
            group.putMany("k", 200);
            Await.until("the follower has failed", () -> failing.failure().isPresent());
            assertThat(failing.failure().orElseThrow()).isInstanceOf(EngineException.Io.class);
            assertThatThrownBy(() -> group.getFrom(failing, ReadConsistency.LOCAL, "key"))
                    .hasMessageContaining("the disk is gone");
            assertThat(group.get("k000199")).isEqualTo("value of k000199");
            recover(group, failing);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"log", "state"})
    void when_the_leaders_engine_fails_another_member_leads(String store) {
        try (Group group = start()) {
            group.put("key", "value");
            group.assertSameContent();
            Member failing = group.leader();
            engine.breakCommitsIn(failing.directory().resolve(store));
            // a write that it has in hand may fail; one that it has not taken goes to the next leader
            Await.until("the leader has failed", () -> {
                CompletableFuture<WriteResult> write =
                        group.submit(CommandEncoder.put(Group.bytes("doomed"), 6, Group.bytes("value"), 5));
                Await.until("the write has ended", write::isDone);
                return failing.failure().isPresent();
            });
            assertThat(failing.failure().orElseThrow()).isInstanceOf(EngineException.Io.class);
            Await.until("another member leads", () -> group.leader() != failing);
            group.put("key", "after");
            assertThat(group.get("key")).isEqualTo("after");
            recover(group, failing);
        }
    }

    @Test
    void a_member_that_runs_out_of_memory_while_it_applies_fails_and_answers_every_write() {
        try (Group group = start()) {
            group.put("key", "value");
            group.assertSameContent();
            Member failing = group.leader();
            engine.runOutOfMemory();
            engine.breakCommitsIn(failing.directory().resolve("state"));
            List<CompletableFuture<WriteResult>> writes = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                writes.add(group.submit(CommandEncoder.put(Group.bytes("doomed"), 6, Group.bytes("value"), 5)));
            }
            Await.until("the leader has failed", () -> failing.failure().isPresent());
            assertThat(failing.failure().orElseThrow()).isInstanceOf(OutOfMemoryError.class);
            Await.until("every write has ended", () -> writes.stream().allMatch(CompletableFuture::isDone));
            Await.until("another member leads", () -> group.leader() != failing);
            group.put("key", "after");
            recover(group, failing);
        }
    }

    @Test
    void who_waits_for_a_leader_in_vain_is_told_which_members_have_failed() {
        try (Group group = start()) {
            group.put("key", "value");
            group.assertSameContent();
            List<Member> followers = group.cluster().members().stream()
                    .filter(member -> member != group.leader())
                    .toList();
            for (Member failing : followers) {
                engine.breakCommitsIn(failing.directory().resolve("state"));
                var unused = group.submit(CommandEncoder.put(Group.bytes("doomed"), 6, Group.bytes("value"), 5));
                Await.until("the follower has failed", () -> failing.failure().isPresent());
            }
            Await.until("nobody leads", () -> whyNobodyLeads(group).isPresent());
            assertThat(whyNobodyLeads(group).orElseThrow())
                    .startsWith("no leader within 1 ms: member ")
                    .contains(followers.get(0).id() + " has failed: ")
                    .contains(followers.get(1).id() + " has failed: ")
                    .contains("the disk is gone");
        }
    }

    @Test
    void a_member_that_could_not_store_its_term_votes_for_nobody_until_it_is_restarted() throws InterruptedException {
        RefusedVotes refusals = new RefusedVotes(Engines.byId("rocksdb"));
        ClusterConfig config = ClusterConfig.of(directory, Engines.spec(refusals), Engines.spec("rocksdb"))
                .withElectionTimeout(Duration.ofMillis(300));
        try (Group group = Group.start(config)) {
            group.put("key", "value");
            group.assertSameContent();
            Member first = group.leader();
            Member failing = group.aFollower();
            Member other = group.cluster().members().stream()
                    .filter(member -> member != first && member != failing)
                    .findFirst()
                    .orElseThrow();
            refusals.refuseIn(failing.directory());
            group.cluster().stop(first.index());
            Await.until("the term was refused", () -> failing.failure().isPresent());
            assertThat(failing.failure().orElseThrow()).isInstanceOf(EngineException.Full.class);
            refusals.heal();
            // it may have voted before it stopped, and a leader takes an election timeout to notice that it is alone
            Await.until("nobody leads", () -> !other.isLeader() && !failing.isLeader());
            long endNanos = System.nanoTime() + Duration.ofSeconds(3).toNanos();
            while (System.nanoTime() < endNanos) {
                assertThat(other.isLeader() || failing.isLeader())
                        .as("somebody leads by the vote of a failed member")
                        .isFalse();
                Thread.sleep(10);
            }
            group.cluster().restart(failing.index());
            group.put("key", "after");
            assertThat(group.get("key")).isEqualTo("after");
        }
    }

    private static Optional<String> whyNobodyLeads(Group group) {
        try {
            group.cluster().awaitLeader(Duration.ofMillis(1));
            return Optional.empty();
        } catch (ClusterException.NoLeader e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private void recover(Group group, Member failed) {
        engine.breakCommitsIn(directory);
        group.cluster().restart(failed.index());
        group.putMany("after", 10);
        group.assertSameContent();
        assertThat(failed.failure()).isEmpty();
    }
}

package io.quorumark.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alipay.sofa.jraft.rpc.RpcRequests.AppendEntriesRequest;
import com.alipay.sofa.jraft.util.Endpoint;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineStats;
import io.quorumark.raft.RaftSettings.Batch;
import io.quorumark.raft.RaftSettings.Pipeline;
import io.quorumark.raft.jraft.transport.InJvmNetwork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That each setting of replication does what it says: seen in the messages that members send, and in what their logs do. */
class RaftSettingsTest {
    private static final RaftSettings PATIENT = RaftSettings.DEFAULTS.withElectionTimeout(Duration.ofSeconds(1));

    @TempDir
    Path directory;

    private ClusterConfig config(RaftSettings settings) {
        return ClusterConfig.of(directory, Engines.spec("memory"), Engines.spec("memory"))
                .withRaft(settings);
    }

    /** What a leader sends to its followers from now on. */
    private static Queue<AppendEntriesRequest> watchAppends(Group group) {
        Queue<AppendEntriesRequest> seen = new ConcurrentLinkedQueue<>();
        InJvmNetwork network =
                (InJvmNetwork) Objects.requireNonNull(group.cluster().links());
        network.watch((Endpoint from, Endpoint to, Object request) -> {
            if (request instanceof AppendEntriesRequest append) {
                seen.add(append);
            }
        });
        return seen;
    }

    private static Stream<AppendEntriesRequest> withEntries(Queue<AppendEntriesRequest> appends) {
        return appends.stream().filter(append -> append.getEntriesCount() > 0);
    }

    private static void burst(Group group, int count) {
        group.putMany("burst", count);
    }

    @Test
    void an_idle_leader_speaks_once_per_heartbeat() {
        int beats = 12;
        try (Group group = Group.start(config(PATIENT.withHeartbeat(Duration.ofMillis(200))))) {
            String follower = group.aFollower().id();
            Queue<AppendEntriesRequest> appends = watchAppends(group);
            long started = System.nanoTime();
            Await.until(
                    beats + " heartbeats to one follower",
                    () -> appends.stream()
                                    .filter(append -> append.getPeerId().equals(follower))
                                    .count()
                            >= beats);
            // a stalled machine makes it longer, nothing makes it shorter
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started))
                    .isGreaterThan((beats - 2) * 200L);
        }
    }

    @Test
    void followers_wait_the_election_timeout_before_they_elect_another_leader() {
        try (Group group = Group.start(config(PATIENT))) {
            Member leader = group.leader();
            long started = System.nanoTime();
            Objects.requireNonNull(group.cluster().faults()).isolate(leader.index());
            Await.until(
                    "another leader",
                    () -> group.cluster().members().stream()
                            .anyMatch(member -> !member.id().equals(leader.id()) && member.isLeader()));
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started))
                    .isGreaterThan(800);
        }
    }

    /** Its followers hear it all the time and would elect nobody: silence on the way back alone unseats no leader early. */
    @Test
    void a_leader_that_hears_nobody_outlasts_its_followers_patience_and_steps_down_then() {
        try (Group group = Group.start(config(PATIENT))) {
            Member leader = group.leader();
            long started = System.nanoTime();
            for (Member member : group.cluster().members()) {
                if (member != leader) {
                    Objects.requireNonNull(group.cluster().faults()).cut(member.index(), leader.index());
                }
            }
            Await.until("it steps down", () -> !leader.isLeader());
            // followers stand after an election timeout to one and a half
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started))
                    .isGreaterThan(1500);
        }
    }

    @Test
    void a_message_carries_at_most_so_many_entries() {
        Batch small = new Batch(32, 256 << 10, 2, 512 << 10);
        try (Group group = Group.start(config(PATIENT.withBatch(small)))) {
            Queue<AppendEntriesRequest> appends = watchAppends(group);
            burst(group, 500);
            assertThat(withEntries(appends).mapToInt(AppendEntriesRequest::getEntriesCount))
                    .isNotEmpty()
                    .allMatch(count -> count <= 2)
                    .anyMatch(count -> count == 2);
        }
    }

    @Test
    void a_message_carries_at_most_so_many_bytes_and_one_entry_more() {
        Batch small = new Batch(32, 256 << 10, 1024, 100);
        try (Group group = Group.start(config(PATIENT.withBatch(small)))) {
            Queue<AppendEntriesRequest> appends = watchAppends(group);
            burst(group, 500);
            assertThat(withEntries(appends).mapToInt(append -> append.getData().size()))
                    .isNotEmpty()
                    .allMatch(bytes -> bytes <= 200);
        }
    }

    @Test
    void a_message_carries_what_has_gathered() {
        try (Group group = Group.start(config(PATIENT.withPipeline(new Pipeline(2))))) {
            Queue<AppendEntriesRequest> appends = watchAppends(group);
            burst(group, 500);
            assertThat(withEntries(appends).mapToInt(AppendEntriesRequest::getEntriesCount))
                    .anyMatch(count -> count > 2);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5})
    void a_follower_that_does_not_answer_is_sent_no_more_messages_than_may_be_in_flight(int maxInFlight) {
        assertThat(sentWithoutAnswer(new Pipeline(maxInFlight))).isEqualTo(maxInFlight);
    }

    /** Messages with entries that the leader sends a follower which has gone silent, while a hundred writes pass one by one. */
    private long sentWithoutAnswer(Pipeline pipeline) {
        try (Group group = Group.start(config(PATIENT.withPipeline(pipeline)))) {
            group.put("before", "value");
            group.assertSameContent();
            Member silent = group.aFollower();
            Objects.requireNonNull(group.cluster().faults()).isolate(silent.index());
            Queue<AppendEntriesRequest> appends = watchAppends(group);
            for (int i = 0; i < 100; i++) {
                group.put("key" + i, "value");
            }
            return withEntries(appends)
                    .filter(append -> append.getPeerId().equals(silent.id()))
                    .count();
        }
    }

    @Test
    void the_log_takes_more_than_one_entry_in_a_commit_only_where_both_limits_let_it() {
        double bothSmall = logSyncsOf(500, new Batch(1, 1, 1024, 512 << 10), "one");
        double manyEntries = logSyncsOf(500, new Batch(32, 1, 1024, 512 << 10), "entries");
        double manyBytes = logSyncsOf(500, new Batch(1, 256 << 10, 1024, 512 << 10), "bytes");
        assertThat(bothSmall).isGreaterThanOrEqualTo(500);
        assertThat(manyEntries).as("more entries at once").isLessThan(bothSmall);
        assertThat(manyBytes).as("more bytes at once").isLessThan(bothSmall);
    }

    /** How often a lone member's log syncs for {@code writes} writes: once per commit. */
    private double logSyncsOf(int writes, Batch batch, String folder) {
        StoreSpec log = StoreSpec.of(Engines.byId("memory"), Durability.POWER_LOSS);
        ClusterConfig config = ClusterConfig.of(directory.resolve(folder), log, Engines.spec("memory"))
                .withMembers(1)
                .withRaft(PATIENT.withBatch(batch));
        try (Group group = Group.start(config)) {
            double before = logSyncs(group.leader());
            burst(group, writes);
            return logSyncs(group.leader()) - before;
        }
    }

    private static double logSyncs(Member member) {
        return member.logUsage().stats().entries().stream()
                .filter(entry -> entry.name().equals("log.syncs"))
                .mapToDouble(EngineStats.Entry::value)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_snapshot_is_taken_after_so_many_bytes() {
        SnapshotPolicy policy = new SnapshotPolicy(0, 20_000, 1);
        try (Group group = Group.start(config(PATIENT.withSnapshots(policy)))) {
            burst(group, 1000);
            for (Member member : group.cluster().members()) {
                Await.until(
                        "member " + member.id() + " has a snapshot",
                        () -> names(member.directory().resolve("snapshot")).stream()
                                .anyMatch(name -> name.startsWith("snapshot_")));
            }
        }
    }

    @Test
    void so_many_snapshots_are_kept() {
        SnapshotPolicy policy = new SnapshotPolicy(0, 0, 3);
        ClusterConfig config = config(PATIENT.withSnapshots(policy)).withMembers(1);
        List<Long> taken = new ArrayList<>();
        try (Group group = Group.start(config)) {
            for (int i = 0; i < 5; i++) {
                group.put("key" + i, "value");
                taken.add(newSnapshot(group.leader(), i == 0 ? 0 : taken.get(i - 1)));
            }
            Path member = group.leader().directory();
            assertThat(names(member.resolve("snapshot"))).contains("snapshot_" + taken.get(4));
            assertThat(names(member.resolve("snapshots-retained")))
                    .containsExactlyInAnyOrder("snapshot_" + taken.get(2), "snapshot_" + taken.get(3));
        }
        try (Group group = Group.start(config)) {
            assertThat(group.get("key4")).isEqualTo("value");
        }
    }

    /** The library takes none if it has not noticed yet that there is something new. */
    private static long newSnapshot(Member member, long previous) {
        AtomicLong index = new AtomicLong();
        Await.until("a snapshot after " + previous, () -> {
            index.set(Group.answer(member.snapshot()));
            return index.get() > previous;
        });
        return index.get();
    }

    private static List<String> names(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void settings_that_contradict_each_other_are_refused() {
        assertThatThrownBy(() -> PATIENT.withHeartbeat(Duration.ofSeconds(3)))
                .hasMessage("heartbeat is 3000 ms, expected 1 ms to half of the election timeout, 500 ms");
        assertThatThrownBy(() -> PATIENT.withElectionTimeout(Duration.ofMillis(5)))
                .hasMessage("electionTimeout is 5 ms, expected 100 to 600000 ms");
        assertThatThrownBy(() -> PATIENT.withElectionTimeout(Duration.ofMillis(Integer.MAX_VALUE)))
                .hasMessage("electionTimeout is 2147483647 ms, expected 100 to 600000 ms");
        assertThatThrownBy(() -> new Batch(0, 1, 1, 1)).hasMessage("batch.maxEntries is 0, expected 1 to 10000");
        assertThatThrownBy(() -> new Pipeline(5000)).hasMessage("pipeline.maxInFlight is 5000, expected 2 to 4096");
        assertThatThrownBy(() -> new SnapshotPolicy(0, 0, 0)).hasMessage("retain is 0, expected 1 to 100");
    }
}

package io.quorumark.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SnapshotTest {
    @TempDir
    Path directory;

    private ClusterConfig config() {
        return ClusterConfig.of(directory, Engines.spec("rocksdb"), Engines.spec("rocksdb"))
                .withElectionTimeout(Duration.ofMillis(300));
    }

    @Test
    void the_log_before_the_previous_snapshot_is_dropped() {
        try (Group group = Group.start(config())) {
            Member leader = group.leader();
            group.putMany("a", 500);
            long first = Group.answer(leader.snapshot());
            assertThat(leader.logBounds().firstIndex()).isEqualTo(1);
            group.putMany("b", 500);
            long second = Group.answer(leader.snapshot());
            assertThat(second).isGreaterThan(first);
            Await.until(
                    "the log starts after the first snapshot",
                    () -> leader.logBounds().firstIndex() > first);
            assertThat(group.get("a000000")).isEqualTo("value of a000000");
        }
    }

    @Test
    void members_take_snapshots_by_themselves_every_so_many_entries() {
        try (Group group = Group.start(config().withSnapshots(SnapshotPolicy.everyEntries(300)))) {
            for (Member member : group.cluster().members()) {
                // the log before the last snapshot but one is dropped, and none is begun while one is being taken
                Await.until("member " + member.index() + " has dropped log", () -> {
                    group.putMany("k", 300);
                    return member.logBounds().firstIndex() > 1;
                });
            }
            group.assertSameContent();
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void a_follower_that_lags_behind_the_log_is_given_a_snapshot(Transport transport) {
        try (Group group = Group.start(config().withTransport(transport))) {
            group.putMany("before", 200);
            Member follower = group.aFollower();
            group.cluster().stop(follower.index());
            snapshotTwice(group);
            group.cluster().restart(follower.index());
            ContentDigest digest = group.assertSameContent();
            assertThat(digest.recordCount()).isEqualTo(200 + 2 * 400);
            // The library drops the log on a thread of its own, after the snapshot has been loaded.
            Await.until(
                    "the follower's log starts after what it was not sent",
                    () -> follower.logBounds().firstIndex() > 200);
        }
    }

    private static void snapshotTwice(Group group) {
        for (String prefix : new String[] {"x", "y"}) {
            group.putMany(prefix, 400);
            for (Member member : group.cluster().members()) {
                if (member.isRunning()) {
                    Group.answer(member.snapshot());
                }
            }
        }
        Await.until(
                "the leader has dropped its log",
                () -> group.leader().logBounds().firstIndex() > 200);
    }

    @Test
    void a_snapshot_shows_one_moment_while_writes_go_on() {
        try (Group group = Group.start(config())) {
            group.putMany("a", 2000);
            Member leader = group.leader();
            CompletableFuture<Long> snapshot = leader.snapshot();
            group.putMany("b", 2000);
            assertThat(Group.answer(snapshot)).isBetween(1L, leader.lastAppliedIndex());
            assertThat(group.assertSameContent().recordCount()).isEqualTo(4000);
        }
    }

    @Test
    void a_group_restarts_from_snapshots_and_the_log_after_them() {
        ContentDigest before;
        try (Group group = Group.start(config())) {
            snapshotTwice(group);
            group.putMany("after", 100);
            before = group.assertSameContent();
        }
        try (Group group = Group.start(config())) {
            group.put("more", "value");
            group.delete("more");
            assertThat(group.assertSameContent().sameContent(before)).isTrue();
        }
    }

    @Test
    void a_damaged_snapshot_is_refused_by_name() throws IOException {
        try (Group group = Group.start(config())) {
            group.putMany("k", 300);
            group.assertSameContent();
            for (Member member : group.cluster().members()) {
                Group.answer(member.snapshot());
            }
        }
        Path file = snapshotFileOf(0);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertThatThrownBy(() -> LocalCluster.start(config()))
                .isInstanceOf(ClusterException.MemberFailed.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("damaged");
    }

    private Path snapshotFileOf(int member) throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("member-" + member + "/snapshot"))) {
            return files.filter(file -> file.getFileName().toString().equals("state"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}

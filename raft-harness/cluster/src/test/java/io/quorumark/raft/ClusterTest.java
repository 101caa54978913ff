package io.quorumark.raft;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.raft.command.CommandEncoder;
import io.quorumark.raft.command.WriteResult;
import io.quorumark.raft.state.FrozenState;
import io.quorumark.raft.timing.Stage;
import io.quorumark.raft.timing.StageTimes;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClusterTest {
    @TempDir
    Path directory;

    private ClusterConfig config(Transport transport) {
        return ClusterConfig.of(directory, Engines.spec("rocksdb"), Engines.spec("rocksdb"))
                .withTransport(transport)
                .withElectionTimeout(Duration.ofMillis(300));
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void what_was_put_can_be_read_in_every_consistency(Transport transport) {
        try (Group group = Group.start(config(transport))) {
            assertThat(group.put("key", "value")).isEqualTo(WriteResult.APPLIED);
            for (ReadConsistency consistency : ReadConsistency.values()) {
                assertThat(group.get(consistency, "key")).isEqualTo("value");
            }
            assertThat(group.get("absent")).isNull();
            group.delete("key");
            assertThat(group.get("key")).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void a_follower_confirms_reads_with_the_leader(Transport transport) {
        try (Group group = Group.start(config(transport))) {
            group.put("key", "value");
            assertThat(group.getFrom(group.aFollower(), ReadConsistency.LINEARIZABLE, "key"))
                    .isEqualTo("value");
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void every_member_comes_to_the_same_content(Transport transport) {
        try (Group group = Group.start(config(transport))) {
            group.putMany("k", 2000);
            ContentDigest digest = group.assertSameContent();
            assertThat(digest.recordCount()).isEqualTo(2000);
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void when_the_leader_stops_another_takes_over_and_nothing_acknowledged_is_lost(Transport transport) {
        try (Group group = Group.start(config(transport))) {
            group.putMany("a", 500);
            Member old = group.leader();
            group.cluster().stop(old.index());
            group.putMany("b", 500);
            assertThat(group.leader()).isNotSameAs(old);
            assertThat(group.get("a000499")).isEqualTo("value of a000499");
            group.cluster().restart(old.index());
            assertThat(group.assertSameContent().recordCount()).isEqualTo(1000);
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void all_members_restart_and_go_on_from_their_engines(Transport transport) {
        ContentDigest before;
        try (Group group = Group.start(config(transport))) {
            group.putMany("k", 1000);
            before = group.assertSameContent();
        }
        try (Group group = Group.start(config(transport))) {
            assertThat(group.cluster().members())
                    .allMatch(member -> member.stateOrigin().equals("kept"));
            group.put("one more", "value");
            assertThat(group.get("k000999")).isEqualTo("value of k000999");
            group.delete("one more");
            assertThat(group.assertSameContent().sameContent(before)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void a_write_whose_expected_version_is_not_the_records_conflicts(Transport transport) {
        try (Group group = Group.start(config(transport))) {
            assertThat(group.compareAndSet("key", 0, version(7))).isEqualTo(WriteResult.APPLIED);
            assertThat(group.compareAndSet("key", 0, version(8))).isEqualTo(WriteResult.CONFLICT);
            assertThat(group.compareAndSet("key", 7, version(9))).isEqualTo(WriteResult.APPLIED);
            assertThat(group.compareAndSet("key", 7, version(10))).isEqualTo(WriteResult.CONFLICT);
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void a_batch_is_applied_as_a_whole_or_not_at_all(Transport transport) {
        try (Group group = Group.start(config(transport))) {
            byte[] all = CommandEncoder.batch()
                    .compareAndSet(Group.bytes("lock"), 4, 0, version(1), 8)
                    .put(Group.bytes("a"), 1, Group.bytes("1"), 1)
                    .put(Group.bytes("b"), 1, Group.bytes("2"), 1)
                    .toCommand();
            assertThat(group.write(all)).isEqualTo(WriteResult.APPLIED);
            byte[] none = CommandEncoder.batch()
                    .compareAndSet(Group.bytes("lock"), 4, 0, version(2), 8)
                    .delete(Group.bytes("a"), 1)
                    .toCommand();
            assertThat(group.write(none)).isEqualTo(WriteResult.CONFLICT);
            assertThat(group.get("a")).isEqualTo("1");
            assertThat(group.get("b")).isEqualTo("2");
        }
    }

    private static byte[] version(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void a_read_through_a_member_waits_for_the_next_leader(Transport transport) {
        try (Group group = Group.start(config(transport))) {
            group.put("key", "value");
            Member follower = group.aFollower();
            group.cluster().stop(group.leader().index());
            assertThat(group.getFrom(follower, ReadConsistency.LINEARIZABLE, "key"))
                    .isEqualTo("value");
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void the_leader_knows_where_the_time_of_writes_went(Transport transport) {
        try (Group group = Group.start(config(transport))) {
            group.leader().takeWriteStages();
            group.putMany("k", 2000);
            StageTimes led = group.leader().takeWriteStages();
            assertThat(led.nanos()).containsOnlyKeys(Stage.values());
            assertThat(led.count()).isBetween(30L, 35L);
            assertThat(led.nanos().values()).allMatch(times -> times.getTotalCount() == led.count());
            assertThat(led.of(Stage.LOG_SYNC).getMean()).isPositive();
            assertThat(group.aFollower().takeWriteStages().count()).isZero();
        }
    }

    @Test
    void a_member_that_is_stopped_while_it_is_digested_ends_when_the_digest_has() throws InterruptedException {
        try (Group group = Group.start(config(Transport.IN_JVM))) {
            group.put("key", "value");
            group.assertSameContent();
            LocalMember member = (LocalMember) group.aFollower();
            FrozenState frozen = requireNonNull(member.running()).freeze();
            CompletableFuture<Void> stopped =
                    CompletableFuture.runAsync(() -> group.cluster().stop(member.index()));
            assertThatThrownBy(() -> stopped.get(1, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
            frozen.close();
            Group.answer(stopped);
            group.cluster().restart(member.index());
            group.assertSameContent();
        }
    }
}

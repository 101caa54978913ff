package io.quorumark.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MembershipTest {
    @TempDir
    Path directory;

    private ClusterConfig config(Transport transport) {
        return ClusterConfig.of(directory, Engines.spec("memory"), Engines.spec("memory"))
                .withTransport(transport)
                .withElectionTimeout(Duration.ofMillis(300));
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void a_voter_joins_under_load_and_no_write_fails(Transport transport) {
        try (Group group = Group.start(config(transport))) {
            group.putMany("before", 500);
            Member joining = group.cluster().startJoining();
            try (BackgroundWrites writes = BackgroundWrites.start(group)) {
                Group.answer(group.leader().addVoter(joining.id()));
                writes.stopAndRequireSuccess();
            }
            assertThat(group.leader().membership().voters()).hasSize(4).contains(joining.id());
            group.assertSameContent();
            assertThat(group.getFrom(joining, ReadConsistency.LINEARIZABLE, "before000499"))
                    .isEqualTo("value of before000499");
        }
    }

    @Test
    void a_learner_follows_serves_reads_and_does_not_vote() {
        try (Group group = Group.start(config(Transport.IN_JVM))) {
            group.putMany("k", 200);
            Member learner = group.cluster().startJoining();
            Group.answer(group.leader().addLearner(learner.id()));
            group.assertSameContent();
            assertThat(group.leader().membership().learners()).containsExactly(learner.id());
            assertThat(group.getFrom(learner, ReadConsistency.LINEARIZABLE, "k000199"))
                    .isEqualTo("value of k000199");
            Group.answer(group.leader().addVoter(learner.id()));
            assertThat(group.leader().membership())
                    .isEqualTo(new Membership(
                            group.cluster().members().stream().map(Member::id).toList(), List.of()));
        }
    }

    @Test
    void a_member_is_removed_under_load_and_stays_away_after_a_restart() {
        Member removed;
        try (Group group = Group.start(config(Transport.IN_JVM).withMembers(4))) {
            group.putMany("k", 200);
            removed = group.aFollower();
            try (BackgroundWrites writes = BackgroundWrites.start(group)) {
                Group.answer(group.leader().remove(removed.id()));
                group.cluster().retire(removed.index());
                writes.stopAndRequireSuccess();
            }
            assertThat(group.leader().membership().voters()).hasSize(3).doesNotContain(removed.id());
        }
        try (Group group = Group.start(config(Transport.IN_JVM).withMembers(4))) {
            assertThat(group.cluster().members().get(removed.index()).isRunning())
                    .isFalse();
            group.put("k", "after");
            assertThat(group.assertSameContent().recordCount()).isGreaterThan(200);
        }
    }

    @Test
    void a_leader_that_removes_itself_hands_over() {
        try (Group group = Group.start(config(Transport.IN_JVM))) {
            group.put("k", "1");
            Member old = group.leader();
            Group.answer(old.remove(old.id()));
            group.cluster().retire(old.index());
            group.put("k", "2");
            assertThat(group.leader()).isNotSameAs(old);
            assertThat(group.get("k")).isEqualTo("2");
        }
    }

    @Test
    void only_the_leader_changes_the_group() {
        try (Group group = Group.start(config(Transport.IN_JVM))) {
            Member follower = group.aFollower();
            assertThatThrownBy(() -> Group.answer(follower.addVoter("127.0.0.1:1")))
                    .rootCause()
                    .isInstanceOf(ClusterException.MemberFailed.class)
                    .hasMessageContaining("ask the leader");
            assertThatThrownBy(follower::membership).hasMessageContaining("ask the leader");
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void a_write_through_a_follower_is_sent_on_to_the_leader(Transport transport) {
        try (Group group = Group.start(config(transport))) {
            Member follower = group.aFollower();
            Await.until(
                    "the follower knows the leader",
                    () -> follower.leaderId().equals(group.leader().id()));
            Group.answer(group.putThrough(follower, "key", "value"));
            assertThat(group.getFrom(follower, ReadConsistency.LINEARIZABLE, "key"))
                    .isEqualTo("value");
        }
    }

    @Test
    void a_write_through_a_cut_off_member_fails_in_bounded_time() {
        try (Group group = Group.start(config(Transport.IN_JVM).withOperationTimeout(Duration.ofSeconds(2)))) {
            Member follower = group.aFollower();
            group.cluster().faults().isolate(follower.index());
            Await.until(
                    "the follower has lost the leader",
                    () -> follower.leaderId().isEmpty());
            assertThatThrownBy(() -> Group.answer(group.putThrough(follower, "key", "value")))
                    .rootCause()
                    .isInstanceOfSatisfying(
                            Group.FailedOperation.class,
                            failed -> assertThat(failed.failure().code()).isEqualTo(RaftFailure.Code.NO_LEADER));
            group.cluster().faults().mendAll();
        }
    }
}

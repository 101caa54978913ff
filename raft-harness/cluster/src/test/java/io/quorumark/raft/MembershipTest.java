package io.quorumark.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.quorumark.raft.ClusterException.ChangeRefused;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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

    private ClusterConfig steady(Transport transport) {
        return config(transport).withElectionTimeout(Group.STEADY_ELECTION_TIMEOUT);
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void a_voter_joins_under_load_and_no_write_fails(Transport transport) {
        try (Group group = Group.start(steady(transport))) {
            group.putMany("before", 500);
            Member joining = group.cluster().startJoining();
            try (BackgroundWrites writes = BackgroundWrites.start(group)) {
                Group.answer(group.leader().addVoter(joining.id()));
                writes.stopAndRequireSuccess();
            }
            assertThat(group.membership().voters()).hasSize(4).contains(joining.id());
            group.assertSameContent();
            assertThat(group.getFrom(joining, ReadConsistency.LINEARIZABLE, "before000499"))
                    .isEqualTo("value of before000499");
        }
    }

    @Test
    void every_member_of_a_group_tells_who_belongs_to_it() {
        try (Group group = Group.start(config(Transport.TCP))) {
            Member learner = group.cluster().startJoining();
            Member waiting = group.cluster().startJoining();
            Membership agreed = Group.answer(group.aFollower().addLearner(learner.id()));
            assertThat(agreed.learners()).containsExactly(learner.id());
            for (Member member : group.cluster().members()) {
                if (member != waiting) {
                    assertThat(Group.answer(member.membership()))
                            .as(member.id())
                            .isEqualTo(agreed);
                }
            }
            assertThat(waiting.membership())
                    .failsWithin(Duration.ofSeconds(30))
                    .withThrowableThat()
                    .withCauseInstanceOf(ClusterException.MemberFailed.class)
                    .withMessageContaining("belongs to no group yet");
        }
    }

    @Test
    void a_member_that_finds_no_leader_says_so_in_time() {
        try (Group group = Group.start(config(Transport.IN_JVM))) {
            Member leader = group.leader();
            Member follower = group.aFollower();
            for (Member member : group.cluster().members()) {
                if (member != follower && member != leader) {
                    group.cluster().stop(member.index());
                }
            }
            group.cluster().stop(leader.index()); // the last, so that the follower finds no votes to lead
            assertThat(follower.membership(Duration.ofSeconds(1)))
                    .failsWithin(Duration.ofSeconds(30))
                    .withThrowableThat()
                    .withCauseInstanceOf(ClusterException.NoLeader.class)
                    .withMessageContaining("ask again");
        }
    }

    @Test
    void a_learner_follows_serves_reads_and_does_not_vote() {
        try (Group group = Group.start(config(Transport.IN_JVM))) {
            group.putMany("k", 200);
            Member learner = group.cluster().startJoining();
            Group.answer(group.leader().addLearner(learner.id()));
            group.assertSameContent();
            assertThat(group.membership().learners()).containsExactly(learner.id());
            assertThat(group.getFrom(learner, ReadConsistency.LINEARIZABLE, "k000199"))
                    .isEqualTo("value of k000199");
            Group.answer(group.leader().addVoter(learner.id()));
            assertThat(group.membership())
                    .isEqualTo(new Membership(
                            group.cluster().members().stream().map(Member::id).toList(), List.of()));
        }
    }

    @Test
    void a_member_is_removed_under_load_and_stays_away_after_a_restart() {
        Member removed;
        try (Group group = Group.start(steady(Transport.IN_JVM).withMembers(4))) {
            group.putMany("k", 200);
            removed = group.aFollower();
            try (BackgroundWrites writes = BackgroundWrites.start(group)) {
                Group.answer(group.leader().remove(removed.id()));
                group.cluster().retire(removed.index());
                writes.stopAndRequireSuccess();
            }
            assertThat(group.membership().voters()).hasSize(3).doesNotContain(removed.id());
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
    void a_leader_that_removes_itself_under_load_fails_no_write() {
        try (Group group = Group.start(steady(Transport.IN_JVM))) {
            Member old = group.leader();
            try (BackgroundWrites writes = BackgroundWrites.start(group)) {
                Membership left = Group.answer(old.remove(old.id()));
                assertThat(left.voters()).hasSize(2).doesNotContain(old.id());
                writes.stopAndRequireSuccess();
            }
            assertThat(group.membership().voters()).doesNotContain(old.id());
        }
    }

    @Test
    void a_removed_member_says_so_at_once_and_follows_again_when_it_is_added() {
        try (Group group = Group.start(config(Transport.IN_JVM))) {
            group.put("k", "1");
            Member removed = group.aFollower();
            assertThat(removed.role()).isEqualTo(MemberRole.FOLLOWER);
            Group.answer(group.leader().remove(removed.id()));
            Await.until("it knows", () -> removed.role() == MemberRole.REMOVED);
            assertThatThrownBy(() -> Group.answer(group.putThrough(removed, "k", "2")))
                    .rootCause()
                    .isInstanceOfSatisfying(
                            Group.FailedOperation.class,
                            failed -> assertThat(failed.failure().code()).isEqualTo(RaftFailure.Code.UNAVAILABLE))
                    .hasMessageContaining("was removed from its group");
            assertThatThrownBy(() -> group.getFrom(removed, ReadConsistency.LINEARIZABLE, "k"))
                    .rootCause()
                    .hasMessageContaining("was removed from its group");

            group.cluster().restart(removed.index());
            Await.until("it finds out again", () -> removed.role() == MemberRole.REMOVED);

            Group.answer(group.leader().addVoter(removed.id()));
            Await.until("it follows again", () -> removed.role() == MemberRole.FOLLOWER);
            assertThat(group.getFrom(removed, ReadConsistency.LINEARIZABLE, "k"))
                    .isEqualTo("1");
        }
    }

    @Test
    void a_leader_that_was_removed_and_a_member_that_waits_say_what_they_are() {
        try (Group group = Group.start(config(Transport.IN_JVM))) {
            Member old = group.leader();
            Group.answer(old.remove(old.id()));
            assertThat(old.role()).isEqualTo(MemberRole.REMOVED);
            Member joining = group.cluster().startJoining();
            assertThat(joining.role()).isEqualTo(MemberRole.WAITING);
            assertThatThrownBy(() -> Group.answer(group.putThrough(joining, "k", "1")))
                    .rootCause()
                    .hasMessageContaining("belongs to no group yet");
        }
    }

    /**
     * The library tells that a voter has caught up only when that one answers entries, and none come in an idle group.
     */
    @Test
    void members_join_and_leave_an_idle_group_again_and_again() {
        try (Group group = Group.start(config(Transport.IN_JVM))) {
            group.putMany("k", 50);
            Member joining = group.cluster().startJoining();
            for (int i = 0; i < 25; i++) {
                Group.answer(group.leader().addLearner(joining.id()));
                assertThat(Group.answer(group.leader().addVoter(joining.id())).voters())
                        .hasSize(4)
                        .contains(joining.id());
                assertThat(Group.answer(group.leader().remove(joining.id())).voters())
                        .hasSize(3)
                        .doesNotContain(joining.id());
            }
        }
    }

    @Test
    void a_change_outlives_the_leader_that_was_asked() {
        try (Group group = Group.start(config(Transport.IN_JVM))) {
            Member asked = group.leader();
            Member next = group.aFollower();
            Member joining = group.cluster().startJoining();
            group.cluster().faults().isolate(joining.index());
            CompletableFuture<Membership> change = asked.addVoter(joining.id(), Duration.ofSeconds(30));
            Group.answer(asked.transferLeadershipTo(next.id()));
            assertThat(change).isNotDone();

            group.cluster().faults().mendAll();
            assertThat(Group.answer(change).voters()).hasSize(4).contains(joining.id());
            assertThat(group.membership().voters()).contains(joining.id());
        }
    }

    @Test
    void a_member_that_does_not_answer_is_not_added_and_the_group_goes_on() {
        try (Group group = Group.start(config(Transport.IN_JVM))) {
            Member joining = group.cluster().startJoining();
            group.cluster().faults().isolate(joining.index());
            assertThat(refusal(group.leader().addVoter(joining.id(), Duration.ofMillis(500))))
                    .isEqualTo(ChangeRefused.Reason.NOT_IN_TIME);
            assertThat(refusal(group.leader().addLearner(joining.id(), Duration.ofMillis(500))))
                    .isEqualTo(ChangeRefused.Reason.NOT_IN_TIME);
            assertThat(group.membership().voters()).hasSize(3);
            assertThat(group.membership().learners()).isEmpty();
            group.put("k", "1");
            group.cluster().faults().mendAll();
        }
    }

    @Test
    void what_cannot_be_is_refused_at_once_with_its_reason() {
        try (Group group = Group.start(config(Transport.IN_JVM).withMembers(1))) {
            Member only = group.leader();
            assertThat(refusal(only.remove(only.id()))).isEqualTo(ChangeRefused.Reason.LAST_VOTER);
            assertThat(refusal(only.remove("127.0.0.1:1"))).isEqualTo(ChangeRefused.Reason.UNKNOWN_MEMBER);
            assertThat(refusal(only.addLearner(only.id()))).isEqualTo(ChangeRefused.Reason.IS_VOTER);
            assertThat(Group.answer(only.addVoter(only.id())).voters()).containsExactly(only.id());
        }
    }

    private static ChangeRefused.Reason refusal(CompletableFuture<Membership> change) {
        Throwable failure = catchThrowable(() -> Group.answer(change));
        assertThat(failure).rootCause().isInstanceOf(ChangeRefused.class);
        return ((ChangeRefused) rootCause(failure)).reason();
    }

    private static Throwable rootCause(Throwable failure) {
        Throwable cause = failure.getCause();
        return cause == null ? failure : rootCause(cause);
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void a_member_that_does_not_lead_sends_every_change_on_to_the_leader(Transport transport) {
        try (Group group = Group.start(config(transport))) {
            Member follower = group.aFollower();
            Member joining = group.cluster().startJoining();
            assertThat(Group.answer(follower.addLearner(joining.id())).learners())
                    .containsExactly(joining.id());
            assertThat(Group.answer(follower.addVoter(joining.id())).voters()).hasSize(4);
            assertThat(Group.answer(follower.transferLeadershipTo(joining.id())).voters())
                    .hasSize(4);
            assertThat(Group.answer(follower.remove(joining.id())).voters())
                    .as("voters after the leader was removed through a follower")
                    .hasSize(3)
                    .doesNotContain(joining.id());
            assertThat(refusal(follower.remove("127.0.0.1:1"))).isEqualTo(ChangeRefused.Reason.UNKNOWN_MEMBER);
            assertThat(refusal(follower.transferLeadershipTo(joining.id()))).isEqualTo(ChangeRefused.Reason.NOT_VOTER);
        }
    }

    @Test
    void handing_over_under_load_fails_no_write() {
        try (Group group = Group.start(steady(Transport.IN_JVM))) {
            group.putMany("before", 100);
            try (BackgroundWrites writes = BackgroundWrites.start(group)) {
                for (int i = 0; i < 3; i++) {
                    Member next = group.aFollower();
                    Group.answer(next.transferLeadershipTo(next.id(), Duration.ofSeconds(20)));
                }
                writes.stopAndRequireSuccess();
            }
            group.assertSameContent();
        }
    }

    @Test
    void nobody_hands_over_to_a_member_that_does_not_answer() {
        try (Group group = Group.start(config(Transport.IN_JVM))) {
            Member cutOff = group.aFollower();
            group.cluster().faults().isolate(cutOff.index());
            CompletableFuture<Membership> change =
                    group.leader().transferLeadershipTo(cutOff.id(), Duration.ofMillis(500));
            group.put("k", "1");
            assertThat(refusal(change)).isEqualTo(ChangeRefused.Reason.NOT_IN_TIME);
            group.cluster().faults().mendAll();
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

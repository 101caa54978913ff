package io.quorumark.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.raft.ClusterException.ChangeRefused;
import io.quorumark.raft.ClusterException.ChangeRefused.Reason;
import io.quorumark.raft.message.ClientResponse;
import io.quorumark.raft.message.ClientResponse.Outcome;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What members send and folders keep does not follow from names or places of constants. */
class CodesTest {
    @Test
    void consistencies_of_reads_are_numbers() {
        assertThat(Arrays.stream(ReadConsistency.values()).map(one -> one.code() + " " + one))
                .containsExactly("0 LINEARIZABLE", "1 LEASE", "2 LOCAL");
        for (ReadConsistency consistency : ReadConsistency.values()) {
            assertThat(ReadConsistency.of(consistency.code())).isEqualTo(consistency);
        }
        for (int unknown : new int[] {-1, 3}) {
            assertThatThrownBy(() -> ReadConsistency.of(unknown))
                    .hasMessage("consistency is " + unknown + ", expected 0 to 2");
        }
    }

    @Test
    void consistencies_of_reads_have_the_words_of_plans() {
        assertThat(ReadConsistency.ofWord("linearizable")).isEqualTo(ReadConsistency.LINEARIZABLE);
        assertThat(ReadConsistency.ofWord("lease")).isEqualTo(ReadConsistency.LEASE);
        assertThat(ReadConsistency.ofWord("local")).isEqualTo(ReadConsistency.LOCAL);
        assertThatThrownBy(() -> ReadConsistency.ofWord("eventual"))
                .hasMessage("consistency is 'eventual', expected linearizable, lease or local");
    }

    @Test
    void roles_of_members_are_words() {
        assertThat(Arrays.stream(MemberRole.values()).map(MemberRole::code))
                .containsExactly("leader", "follower", "removed", "waiting");
    }

    @Test
    void transports_are_stored_as_they_always_were() {
        assertThat(Transport.ofStored("IN_JVM")).isEqualTo(Transport.IN_JVM);
        assertThat(Transport.ofStored("TCP")).isEqualTo(Transport.TCP);
        assertThat(Arrays.stream(Transport.values()).map(Transport::stored)).containsExactly("IN_JVM", "TCP");
        assertThatThrownBy(() -> Transport.ofStored("")).isInstanceOf(IllegalArgumentException.class);
        assertThat(Transport.ofWord("in-jvm")).isEqualTo(Transport.IN_JVM);
        assertThat(Transport.ofWord("tcp")).isEqualTo(Transport.TCP);
        assertThatThrownBy(() -> Transport.ofWord("TCP")).hasMessage("transport is 'TCP', expected in-jvm or tcp");
    }

    @Test
    void every_failure_of_an_operation_crosses_to_the_client_as_it_is() {
        for (RaftFailure.Code code : RaftFailure.Code.values()) {
            RaftFailure failure = new RaftFailure(code, "why");

            assertThat(FailureAnswers.toFailure(FailureAnswers.of(failure))).isEqualTo(failure);
        }
        for (Outcome other : new Outcome[] {Outcome.OK, Outcome.NOT_LEADER, Outcome.REFUSED}) {
            assertThat(FailureAnswers.toFailure(ClientResponse.of(other, "why")).code())
                    .isEqualTo(RaftFailure.Code.UNAVAILABLE);
        }
    }

    @Test
    void every_refusal_of_a_change_crosses_to_the_client_as_it_is() {
        for (Reason reason : Reason.values()) {
            ClientResponse sent = new ChangeRefused(reason, "why not").toResponse();
            ChangeRefused received = ChangeRefused.of(sent);

            assertThat(sent.text()).isEqualTo(reason.code() + " why not");
            assertThat(received.reason()).isEqualTo(reason);
            assertThat(received).hasMessage("why not");
        }
        assertThat(Arrays.stream(Reason.values()).map(Reason::code))
                .containsExactly(
                        "OUTSIDE",
                        "STOPPED",
                        "NOT_IN_TIME",
                        "IS_VOTER",
                        "NOT_VOTER",
                        "UNKNOWN_MEMBER",
                        "LAST_VOTER",
                        "UNFIT");
    }
}

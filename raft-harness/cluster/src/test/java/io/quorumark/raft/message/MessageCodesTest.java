package io.quorumark.raft.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.raft.message.ClientRequest.Kind;
import io.quorumark.raft.message.ClientResponse.Outcome;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Numbers of messages are kept: who changes one changes {@link ClientRequest#VERSION} too. */
class MessageCodesTest {
    @Test
    void kinds_of_requests() {
        Map<Integer, Kind> kinds = new TreeMap<>();
        for (Kind kind : Kind.values()) {
            byte[] encoded = new ClientRequest(kind, "g", new byte[0]).encode();
            assertThat(ClientRequest.decode(encoded).kind()).isEqualTo(kind);
            kinds.put((int) encoded[1], kind);
        }
        assertThat(ClientRequest.VERSION).isEqualTo(4);
        assertThat(kinds)
                .hasToString("{0=WRITE, 1=GET, 2=SCAN, 3=STATUS, 4=DIGEST, 5=SNAPSHOT, 6=ADD_VOTER, 7=ADD_LEARNER,"
                        + " 8=REMOVE, 9=TRANSFER, 10=FIGURES, 11=WRITE_STAGES}");
    }

    @Test
    void outcomes_of_answers() {
        Map<Integer, Outcome> outcomes = new TreeMap<>();
        for (Outcome outcome : Outcome.values()) {
            byte[] encoded = ClientResponse.of(outcome, "why").encode();
            assertThat(ClientResponse.decode(encoded).outcome()).isEqualTo(outcome);
            outcomes.put((int) encoded[0], outcome);
        }
        assertThat(outcomes)
                .hasToString("{0=OK, 1=NOT_LEADER, 2=BUSY, 3=NO_LEADER, 4=UNKNOWN_OUTCOME, 5=UNAVAILABLE, 6=TIMEOUT,"
                        + " 7=REFUSED}");
    }
}

package io.quorumark.raft.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.raft.message.ClientRequest.Kind;
import org.junit.jupiter.api.Test;

class MessageKeyTest {
    private static final MessageKey KEY = MessageKey.of("secret");

    private static ClientRequest withCodeOf(ClientRequest signed, Kind kind, String group, byte[] body) {
        return new ClientRequest(ClientRequest.VERSION, kind, group, body, signed.code());
    }

    @Test
    void a_request_is_authentic_after_it_was_sent_and_under_no_other_password() {
        ClientRequest read = ClientRequest.decode(
                ClientRequest.of(Kind.REMOVE, "group", new byte[] {1, 2}, KEY).encode());

        assertThat(read.showsPassword()).isTrue();
        assertThat(read.body()).containsExactly(1, 2);
        assertThat(KEY.authenticates(read)).isTrue();
        assertThat(MessageKey.of("secreT").authenticates(read)).isFalse();
        assertThat(KEY.authenticates(new ClientRequest(Kind.REMOVE, "group", new byte[] {1, 2})))
                .isFalse();
    }

    @Test
    void a_code_is_good_for_nothing_but_its_request() {
        ClientRequest signed = ClientRequest.of(Kind.STATUS, "group", new byte[] {1, 2}, KEY);

        assertThat(KEY.authenticates(withCodeOf(signed, Kind.REMOVE, "group", signed.body())))
                .isFalse();
        assertThat(KEY.authenticates(withCodeOf(signed, Kind.STATUS, "groups", signed.body())))
                .isFalse();
        assertThat(KEY.authenticates(withCodeOf(signed, Kind.STATUS, "group", new byte[] {1, 3})))
                .isFalse();
        assertThat(KEY.authenticates(withCodeOf(signed, Kind.STATUS, "grou", new byte[] {'p', 1, 2})))
                .isFalse();
    }

    @Test
    void a_code_of_another_length_is_refused() {
        byte[] bytes = new ClientRequest(Kind.GET, "group", new byte[40]).encode();
        for (int length : new int[] {1, 31, 33, 127, -1}) {
            bytes[8] = (byte) length;
            assertThatThrownBy(() -> ClientRequest.decode(bytes))
                    .as("length " + length)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is malformed");
        }
    }
}

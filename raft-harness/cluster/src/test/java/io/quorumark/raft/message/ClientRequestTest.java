package io.quorumark.raft.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.raft.message.ClientRequest.Kind;
import org.junit.jupiter.api.Test;

class ClientRequestTest {
    @Test
    void a_request_is_read_as_it_was_written() {
        ClientRequest read = ClientRequest.decode(new ClientRequest(Kind.GET, "group", new byte[] {1, 2}).encode());

        assertThat(read.version()).isEqualTo(ClientRequest.VERSION);
        assertThat(read.kind()).isEqualTo(Kind.GET);
        assertThat(read.groupId()).isEqualTo("group");
        assertThat(read.body()).containsExactly(1, 2);
    }

    @Test
    void of_another_version_only_the_version_is_read() {
        ClientRequest read = ClientRequest.decode(new byte[] {ClientRequest.VERSION + 1, 99, 99, 99});

        assertThat(read.version()).isEqualTo(ClientRequest.VERSION + 1);
    }

    @Test
    void a_request_that_is_cut_short_is_refused() {
        byte[] whole = new ClientRequest(Kind.GET, "group", new byte[0]).encode();
        byte[] cut = new byte[whole.length - 1];
        System.arraycopy(whole, 0, cut, 0, cut.length);

        assertThatThrownBy(() -> ClientRequest.decode(cut))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("request of " + cut.length + " bytes is malformed");
    }
}

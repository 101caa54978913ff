package io.quorumark.raft.jraft.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alipay.sofa.jraft.entity.PeerId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeerIdsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1:7001",
                "localhost:1",
                "n1.example:65534",
                "member-0.quorumark-7c1a:1",
                "q_0.q_headless:7001",
                "[::1]:7001",
                "[fe80::1:2]:7001",
                "[2001:DB8:0:0:1:2:3:4]:7001"
            })
    void an_id_is_read_again_from_the_log_as_it_was_written_there(String id) {
        PeerId peer = PeerIds.peer(id);
        PeerId read = new PeerId();

        assertThat(read.parse(peer.toString())).isTrue();
        assertThat(read).isEqualTo(peer);
        assertThat(PeerIds.id(read)).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "7001",
                ":7001",
                "host:",
                "host:0",
                "host:65535",
                "host:99999",
                "host:123456789012",
                "::1:7001",
                "x:5:7001",
                "host:7001:5",
                "a b:7001",
                "a b\nc:7001",
                "host:7001\n",
                "a,b:7001",
                "h\u00e9:7001",
                "host:+7001",
                "host:07001",
                "host:\u0667001",
                "[]:7001",
                "[:]:7001",
                "[1.2.3.4:7001",
                "[::1]7001",
                "[::1%lo]:7001",
                "[::ffff:10.0.0.1]:7001",
                "[host]:7001"
            })
    void what_the_log_could_not_give_back_is_no_id(String id) {
        assertThatThrownBy(() -> PeerIds.peer(id))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("member id is '")
                .hasMessageContaining("expected host:port")
                .hasMessageNotContaining("\n");
    }
}

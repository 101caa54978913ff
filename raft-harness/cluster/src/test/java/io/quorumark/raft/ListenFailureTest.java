package io.quorumark.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelException;
import java.net.BindException;
import java.net.SocketException;
import org.junit.jupiter.api.Test;

class ListenFailureTest {
    private static String why(Throwable cause) {
        return ListenFailure.why("127.0.0.1", cause);
    }

    @Test
    void a_port_is_in_use_only_if_that_is_known() {
        assertThat(why(new BindException("Address already in use")))
                .isEqualTo("the port is in use; stop what uses it, or use another port");
        assertThat(why(new IllegalStateException("not started", new BindException("Permission denied"))))
                .isEqualTo("Permission denied; use another port");
        assertThat(ListenFailure.why("127.0.0.1", null)).isEqualTo("nothing is known of the reason; use another port");
    }

    @Test
    void what_else_is_wrong_is_told_by_the_innermost_cause() {
        assertThat(why(new ChannelException(
                        "Unable to create Channel from class", new SocketException("Too many open files"))))
                .isEqualTo("java.net.SocketException: Too many open files; see to that, and start again");
        assertThat(why(new ChannelException(new SocketException("Too many open files"))))
                .contains("Too many open files")
                .doesNotContain("in use");
        assertThat(why(new IllegalStateException("two\n  lines")))
                .isEqualTo("java.lang.IllegalStateException: two lines; see to that, and start again");
    }
}

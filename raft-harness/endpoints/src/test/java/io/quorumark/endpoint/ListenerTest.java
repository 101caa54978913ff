package io.quorumark.endpoint;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListenerTest {
    private static void open(EndpointConfig config) {
        Listener.open(config, "test", new byte[0], pipeline -> {}).close();
    }

    @ParameterizedTest
    @CsvSource({
        "nohost.invalid, host 'nohost.invalid' has no address; correct it",
        "192.0.2.1, 192.0.2.1 is no address of this machine; use one that it has"
    })
    void a_host_that_cannot_be_listened_on_is_told_as_it_is(String host, String why) {
        assertThatThrownBy(() -> open(EndpointConfig.onLoopback(6399).withHost(host)))
                .isInstanceOf(EndpointException.class)
                .hasMessageStartingWith("cannot listen on " + host + ":6399: " + why);
    }

    @Test
    void a_port_in_use_is_told() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> open(EndpointConfig.onLoopback(taken.getLocalPort())))
                    .isInstanceOf(EndpointException.class)
                    .hasMessageContaining("the port is in use; stop what uses it");
        }
    }
}

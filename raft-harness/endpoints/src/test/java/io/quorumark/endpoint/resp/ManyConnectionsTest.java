package io.quorumark.endpoint.resp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.UnixOperatingSystemMXBean;
import io.quorumark.endpoint.Await;
import io.quorumark.endpoint.EndpointConfig;
import io.quorumark.endpoint.TestGroup;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManyConnectionsTest {
    private static final int MOST = 10_000;
    private static final long OTHER_FILES = 1_000;

    @TempDir
    Path folder;

    @Test
    void ten_thousand_connections_are_held_the_next_is_refused_and_the_group_serves() throws Exception {
        UnixOperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class);
        assumeThat(system.getMaxFileDescriptorCount())
                .as("file descriptors a process may have (ulimit -n)")
                .isGreaterThan(MOST + OTHER_FILES);
        try (TestGroup group = new TestGroup(folder, 3);
                RespEndpoint endpoint = RespEndpoint.open(group.leader(), EndpointConfig.onLoopback(0));
                RespClient early = new RespClient(endpoint.address())) {
            assertThat(early.ask("PING")).isEqualTo("+PONG");
            Process crowd = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            ManyConnections.class.getName(),
                            Integer.toString(endpoint.address().getPort()),
                            Integer.toString(MOST - 1))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try {
                BufferedReader said =
                        new BufferedReader(new InputStreamReader(crowd.getInputStream(), StandardCharsets.US_ASCII));
                assertThat(said.readLine()).isEqualTo("open");
                Await.until("all of them count", () -> endpoint.connections() == MOST);
                try (RespClient surplus = new RespClient(endpoint.address())) {
                    assertThat(surplus.read()).isEqualTo("-ERR max number of clients reached");
                }
                assertThat(early.ask("SET", "k", "v")).isEqualTo("+OK");
                assertThat(early.ask("GET", "k")).isEqualTo("$v");
            } finally {
                crowd.getOutputStream().close();
                assertThat(crowd.waitFor(30, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(crowd.exitValue()).isZero();
            Await.until("the endpoint has noticed that they left", () -> endpoint.connections() == 1);
            try (RespClient late = new RespClient(endpoint.address())) {
                assertThat(late.ask("GET", "k")).isEqualTo("$v");
            }
        }
    }
}

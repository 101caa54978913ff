package io.quorumark.endpoint.resp;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.endpoint.Await;
import io.quorumark.endpoint.EndpointConfig;
import io.quorumark.endpoint.TestGroup;
import io.quorumark.endpoint.http.HttpEndpoint;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the other endpoint's metrics tell of this one. */
class RespStatisticsTest {
    @TempDir
    Path folder;

    private TestGroup group;
    private RespEndpoint endpoint;
    private HttpEndpoint http;

    @BeforeEach
    void open() {
        group = new TestGroup(folder, 1);
        endpoint = RespEndpoint.open(group.leader(), EndpointConfig.onLoopback(0));
        http = HttpEndpoint.open(group.leader(), EndpointConfig.onLoopback(0), List.of(endpoint.statistics()));
    }

    @AfterEach
    void close() {
        http.close();
        endpoint.close();
        group.close();
    }

    private String metrics() throws IOException, InterruptedException {
        URI metrics = URI.create("http://127.0.0.1:" + http.address().getPort() + "/metrics");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void commands_failures_and_connections_are_counted() throws Exception {
        try (RespClient client = new RespClient(endpoint.address());
                RespClient breaking = new RespClient(endpoint.address())) {
            client.ask("SET", "a", "1");
            client.ask("GET", "a");
            client.ask("get", "a");
            client.ask("GET");
            breaking.raw("*1\r\n$x\r\n");
            breaking.read();
            assertThat(breaking.isClosedByEndpoint()).isTrue();
            Await.until("the closed connection is gone", () -> endpoint.connections() == 1);
            assertThat(metrics())
                    .contains("quorumark_resp_command_duration_seconds_count{command=\"get\"} 3\n")
                    .contains("quorumark_resp_command_duration_seconds_count{command=\"set\"} 1\n")
                    .contains("quorumark_resp_command_failures_total{command=\"get\"} 1.0\n")
                    .contains("quorumark_resp_command_failures_total{command=\"set\"} 0.0\n")
                    .contains("quorumark_resp_broken_connections_total{reason=\"protocol\"} 1.0\n")
                    .contains("quorumark_resp_connections 1.0\n")
                    .contains("quorumark_resp_connections_accepted_total 2.0\n")
                    .contains("quorumark_resp_connections_refused_total 0.0\n");
        }
    }

    @Test
    void names_that_clients_make_up_are_one_series() throws Exception {
        String before = metrics();
        try (RespClient client = new RespClient(endpoint.address())) {
            for (int i = 0; i < 300; i++) {
                client.ask("MADE-UP-" + i, "x");
            }
        }
        assertThat(metrics())
                .contains("quorumark_resp_command_duration_seconds_count{command=\"unknown\"} 300\n")
                .contains("quorumark_resp_command_failures_total{command=\"unknown\"} 300.0\n")
                .doesNotContainIgnoringCase("made-up");
        assertThat(series(metrics())).isEqualTo(series(before));
    }

    private static long series(String metrics) {
        return metrics.lines()
                .filter(line -> line.startsWith("quorumark_resp_"))
                .count();
    }
}

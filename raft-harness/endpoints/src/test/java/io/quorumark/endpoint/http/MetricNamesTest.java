package io.quorumark.endpoint.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.endpoint.EndpointConfig;
import io.quorumark.endpoint.TestGroup;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole of {@code /metrics} by Prometheus's rules. */
class MetricNamesTest {
    @TempDir
    Path folder;

    private String scrape(List<String> methods) throws Exception {
        try (TestGroup group = new TestGroup(folder.resolve("group"), 1);
                HttpEndpoint endpoint = HttpEndpoint.open(group.leader(), EndpointConfig.onLoopback(0))) {
            URI uri = URI.create("http://127.0.0.1:" + endpoint.address().getPort() + "/metrics");
            HttpClient client =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            for (String method : methods) {
                HttpRequest request = HttpRequest.newBuilder(uri)
                        .method(method, BodyPublishers.noBody())
                        .build();
                client.send(request, BodyHandlers.discarding());
            }
            return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .body();
        }
    }

    @Test
    void no_label_comes_from_a_client() throws Exception {
        assertThat(scrape(List.of("BREW", "GETT", "get", "PATCH"))
                        .lines()
                        .filter(line -> line.startsWith("quorumark_http_requests_total{")))
                .containsExactlyInAnyOrder(
                        "quorumark_http_requests_total{code=\"501\",method=\"other\"} 3.0",
                        "quorumark_http_requests_total{code=\"405\",method=\"PATCH\"} 1.0");
    }

    @Test
    void every_metric_has_the_prefix_a_help_text_a_type_and_a_name_in_base_units() throws Exception {
        List<String> lines = scrape(List.of("GET")).lines().toList();
        List<String[]> types = lines.stream()
                .filter(line -> line.startsWith("# TYPE "))
                .map(line -> line.substring("# TYPE ".length()).split(" "))
                .toList();
        assertThat(types).hasSizeGreaterThan(15).allSatisfy(type -> {
            assertThat(type[0])
                    .matches("quorumark_[a-z0-9]+(_[a-z0-9]+)*")
                    .doesNotMatch(
                            ".*_(nanos|nanoseconds|micros|millis|milliseconds|ms|kib|mib|minutes|percent|count)(_total)?");
            assertThat(type[0].endsWith("_total")).as(type[0]).isEqualTo(type[1].equals("counter"));
            assertThat(lines).anyMatch(line -> line.startsWith("# HELP " + type[0] + " "));
        });
        assertThat(lines)
                .filteredOn(line -> !line.startsWith("#"))
                .allMatch(line -> line.startsWith("quorumark_"))
                .anyMatch(line -> line.startsWith("quorumark_engine_log_syncs_total{engine=\"memory\",store=\"log\"}"))
                .anyMatch(line -> line.startsWith("quorumark_engine_compaction_seconds_total{"));
    }

    @Test
    void the_checker_of_prometheus_finds_nothing() throws Exception {
        boolean isInstalled = List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "promtool")));
        Assumptions.assumeTrue(isInstalled, "promtool is not installed: apt-get install prometheus");
        Path metrics = folder.resolve("metrics");
        Files.writeString(metrics, scrape(List.of("GET", "BREW")));
        Path said = folder.resolve("said");
        Process promtool = new ProcessBuilder("promtool", "check", "metrics")
                .redirectInput(metrics.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(promtool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(said)).isEmpty();
        assertThat(promtool.exitValue()).isZero();
    }
}

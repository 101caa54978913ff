package io.quorumark.endpoint.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.endpoint.Await;
import io.quorumark.endpoint.EndpointConfig;
import io.quorumark.endpoint.TestGroup;
import io.quorumark.raft.Member;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The endpoint's answers to an ordinary client, and to bytes that no client would send: on one group, each test with keys of its own. Tests
 * that change the group have one of their own.
 */
class HttpEndpointTest {
    @TempDir
    static Path shared;

    private static TestGroup group;
    private static HttpEndpoint endpoint;

    @TempDir
    Path folder;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @BeforeAll
    static void open() {
        group = new TestGroup(shared, 3);
        endpoint = HttpEndpoint.open(group.leader(), EndpointConfig.onLoopback(0));
    }

    @AfterAll
    static void close() {
        endpoint.close();
        group.close();
    }

    private static URI uri(HttpEndpoint endpoint, String target) {
        InetSocketAddress address = endpoint.address();
        return URI.create("http://127.0.0.1:" + address.getPort() + target);
    }

    private HttpResponse<byte[]> send(String method, String target, byte[] body, String... headers)
            throws IOException, InterruptedException {
        return send(endpoint, method, target, body, headers);
    }

    private HttpResponse<byte[]> send(HttpEndpoint to, String method, String target, byte[] body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri(to, target)).method(method, BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    private HttpResponse<byte[]> get(String target) throws IOException, InterruptedException {
        return send("GET", target, new byte[0]);
    }

    private String text(String target) throws IOException, InterruptedException {
        return new String(get(target).body(), StandardCharsets.UTF_8);
    }

    private String text(HttpEndpoint of, String target) throws IOException, InterruptedException {
        return new String(send(of, "GET", target, new byte[0]).body(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void records_are_put_read_and_deleted() throws Exception {
        assertThat(get("/kv/a").statusCode()).isEqualTo(404);
        assertThat(send("PUT", "/kv/a", bytes("1")).statusCode()).isEqualTo(204);
        for (String consistency : new String[] {"linearizable", "lease", "local"}) {
            HttpResponse<byte[]> found = get("/kv/a?consistency=" + consistency);
            assertThat(found.statusCode()).isEqualTo(200);
            assertThat(found.body()).isEqualTo(bytes("1"));
        }
        assertThat(send("PUT", "/kv/a", bytes("2"), "If-None-Match", "*").statusCode())
                .isEqualTo(412);
        assertThat(send("PUT", "/kv/b", bytes("2"), "If-None-Match", "*").statusCode())
                .isEqualTo(204);
        assertThat(send("DELETE", "/kv/a", new byte[0]).statusCode()).isEqualTo(204);
        assertThat(get("/kv/a").statusCode()).isEqualTo(404);
    }

    @Test
    void keys_and_values_are_any_bytes() throws Exception {
        byte[] value = new byte[256];
        StringBuilder key = new StringBuilder();
        for (int i = 0; i < value.length; i++) {
            value[i] = (byte) i;
            key.append(String.format(java.util.Locale.ROOT, "%%%02x", i));
        }
        assertThat(send("PUT", "/kv/" + key, value).statusCode()).isEqualTo(204);
        assertThat(get("/kv/" + key).body()).isEqualTo(value);
        assertThat(text("/kv?prefix=%00%01")).contains("\"keyBase64\":\"AAEC", "\"valueBase64\":\"AAEC");
    }

    @Test
    void records_are_listed_by_prefix_and_page() throws Exception {
        for (int i = 0; i < 5; i++) {
            send("PUT", "/kv/user:" + i, bytes("v" + i));
        }
        send("PUT", "/kv/zebra", bytes("z"));
        assertThat(text("/kv?prefix=user:&limit=2"))
                .isEqualToIgnoringNewLines("{\"entries\":[{\"key\":\"user:0\",\"value\":\"v0\"},"
                        + "{\"key\":\"user:1\",\"value\":\"v1\"}],\"next\":\"user%3A2\"}");
        assertThat(text("/kv?prefix=user:&limit=100&from=user%3A4"))
                .isEqualToIgnoringNewLines("{\"entries\":[{\"key\":\"user:4\",\"value\":\"v4\"}]}");
        assertThat(text("/kv")).contains("zebra").doesNotContain("next");
        assertThat(get("/kv?limit=0").statusCode()).isEqualTo(400);
    }

    @Test
    void a_page_ends_before_it_is_too_long_as_it_is_sent() throws Exception {
        byte[] control = new byte[1_000_000];
        Arrays.fill(control, (byte) 1);
        byte[] plain = new byte[1_000_000];
        Arrays.fill(plain, (byte) 'p');
        for (int i = 0; i < 4; i++) {
            send("PUT", "/kv/control:" + i, control);
            send("PUT", "/kv/plain:" + i, plain);
        }
        assertThat(text("/kv?prefix=control:"))
                .hasSizeBetween(6_000_000, 6_000_200)
                .endsWith("\"}],\"next\":\"control%3A1\"}\n");
        assertThat(text("/kv?prefix=plain:"))
                .hasSizeBetween(3_000_000, 3_000_200)
                .endsWith("\"}],\"next\":\"plain%3A3\"}\n");
        assertThat(text("/kv?prefix=plain:&from=plain%3A3")).endsWith("p\"}]}\n");
        for (int i = 0; i < 4; i++) {
            send("DELETE", "/kv/control:" + i, new byte[0]);
            send("DELETE", "/kv/plain:" + i, new byte[0]);
        }
    }

    @Test
    void a_follower_writes_and_changes_members_through_the_leader() throws Exception {
        try (HttpEndpoint other = HttpEndpoint.open(group.aFollower(), EndpointConfig.onLoopback(0))) {
            HttpRequest put = HttpRequest.newBuilder(uri(other, "/kv/through-a-follower"))
                    .PUT(BodyPublishers.ofString("there"))
                    .build();
            assertThat(client.send(put, BodyHandlers.discarding()).statusCode()).isEqualTo(204);
            assertThat(text("/kv/through-a-follower")).isEqualTo("there");
            HttpResponse<byte[]> unknown = send(other, "DELETE", "/members/127.0.0.1:1", new byte[0]);
            assertThat(unknown.statusCode())
                    .as("a member that the group does not have")
                    .isEqualTo(404);
        }
        try (TestGroup own = new TestGroup(folder, 3);
                HttpEndpoint there = HttpEndpoint.open(own.aFollower(), EndpointConfig.onLoopback(0))) {
            String joining = own.cluster().startJoining().id();
            HttpResponse<byte[]> added = send(there, "POST", "/members/" + joining + "?learner=true", new byte[0]);
            String body = new String(added.body(), StandardCharsets.UTF_8);
            assertThat(added.statusCode()).as(body).isEqualTo(200);
            assertThat(body).contains("\"learners\":[\"" + joining + "\"]");
            assertThat(text(there, "/members")).as("what a follower says").isEqualToIgnoringNewLines(body);
        }
    }

    @Test
    void members_come_and_go() throws Exception {
        try (TestGroup own = new TestGroup(folder, 3);
                HttpEndpoint there = HttpEndpoint.open(own.leader(), EndpointConfig.onLoopback(0))) {
            Member joining = own.cluster().startJoining();
            String path = "/members/" + joining.id();
            HttpResponse<byte[]> added = send(there, "POST", path + "?learner=true", new byte[0]);
            assertThat(new String(added.body(), StandardCharsets.UTF_8))
                    .contains("\"learners\":[\"" + joining.id() + "\"]");
            assertThat(send(there, "DELETE", path, new byte[0]).statusCode()).isEqualTo(200);
            assertThat(text(there, "/members")).contains("\"learners\":[]");
        }
    }

    @Test
    void a_leader_that_is_removed_says_what_became_of_it() throws Exception {
        try (TestGroup own = new TestGroup(folder, 3);
                HttpEndpoint there = HttpEndpoint.open(own.leader(), EndpointConfig.onLoopback(0))) {
            String leader = own.leader().id();
            HttpResponse<byte[]> removed = send(there, "DELETE", "/members/" + leader, new byte[0]);
            String body = new String(removed.body(), StandardCharsets.UTF_8);
            assertThat(removed.statusCode()).as(body).isIn(200, 409);
            if (removed.statusCode() == 200) {
                assertThat(body).startsWith("{\"voters\":[").doesNotContain("\"" + leader + "\"");
            } else {
                assertThat(body).startsWith("{\"error\":");
            }
        }
    }

    @Test
    void it_tells_how_the_member_is() throws Exception {
        try (TestGroup own = new TestGroup(folder, 3);
                HttpEndpoint there = HttpEndpoint.open(own.leader(), EndpointConfig.onLoopback(0))) {
            send(there, "PUT", "/kv/a", bytes("1"));
            assertThat(text(there, "/status"))
                    .contains(
                            "\"role\":\"leader\"", "\"logEngine\":\"memory\"", "\"stateDurability\":\"PROCESS_CRASH\"");
            assertThat(send(there, "GET", "/health", new byte[0]).statusCode()).isEqualTo(200);
            String metrics = text(there, "/metrics");
            assertThat(metrics)
                    .contains(
                            "quorumark_raft_term ",
                            "quorumark_raft_leader 1.0",
                            "quorumark_raft_applied_index ",
                            "quorumark_raft_leader_changes_total ",
                            "quorumark_snapshot_last_index ",
                            "quorumark_engine_data_keys{engine=\"memory\"",
                            "quorumark_jvm_gc_seconds_total",
                            "quorumark_http_requests_total{code=\"204\",method=\"PUT\"} 1.0",
                            "quorumark_http_request_seconds_bucket",
                            "quorumark_http_connections ");
            assertThat(send(there, "GET", "/metrics", new byte[0])
                            .headers()
                            .firstValue("Content-Type")
                            .orElseThrow())
                    .startsWith("text/plain; version=0.0.4");
            own.cluster().stop(own.leader().index());
            assertThat(send(there, "GET", "/health", new byte[0]).statusCode()).isEqualTo(503);
            assertThat(text(there, "/health")).contains("the member is stopped");
            assertThat(text(there, "/metrics"))
                    .contains("quorumark_raft_leader 0.0")
                    .doesNotContain("quorumark_engine_");
        }
    }

    @Test
    void what_cannot_be_is_refused_with_the_right_code() throws Exception {
        assertThat(get("/nowhere").statusCode()).isEqualTo(404);
        assertThat(send("POST", "/kv/a", new byte[0]).statusCode()).isEqualTo(405);
        assertThat(send("PUT", "/status", new byte[0]).statusCode()).isEqualTo(405);
        assertThat(get("/kv/a?consistency=eventual").statusCode()).isEqualTo(400);
        assertThat(get("/kv/").statusCode()).isEqualTo(400);
        assertThat(get("/kv/" + "k".repeat(512)).statusCode()).isEqualTo(400);
        assertThat(send("PUT", "/kv/a", bytes("1"), "If-None-Match", "etag").statusCode())
                .isEqualTo(400);
        assertThat(send("PUT", "/kv/a", new byte[9 << 20]).statusCode()).isEqualTo(413);
        assertThat(send("PUT", "/kv/a", new byte[5 << 20]).statusCode()).isEqualTo(400);
        assertThat(get("/health").statusCode()).isEqualTo(200);
    }

    @Test
    void malformed_requests_are_told_and_end_the_connection() throws Exception {
        for (String malformed : new String[] {
            "NONSENSE\r\n\r\n",
            "GET /kv/%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "GET /kv/a HTTP/1.1\r\nContent-Length: nine\r\n\r\n"
        }) {
            assertThat(raw(malformed)).as(malformed.substring(0, 10)).startsWith("HTTP/1.1 400 ");
        }
        assertThat(get("/health").statusCode()).isEqualTo(200);
    }

    private static Socket connection(HttpEndpoint endpoint) throws IOException {
        Socket socket =
                new Socket(endpoint.address().getAddress(), endpoint.address().getPort());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private String raw(String request) throws IOException {
        try (Socket socket = connection(endpoint)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void a_connection_beyond_the_limit_is_told_so() throws Exception {
        EndpointConfig narrow = EndpointConfig.onLoopback(0).withLimits(1, 4096, Duration.ofSeconds(30));
        try (HttpEndpoint there = HttpEndpoint.open(group.leader(), narrow);
                Socket slow = connection(there)) {
            slow.getOutputStream().write(bytes("GET /health HT"));
            Await.until("the slow connection counts", () -> there.connections() == 1);
            try (Socket surplus = connection(there)) {
                assertThat(new String(surplus.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                        .startsWith("HTTP/1.1 503 ");
            }
        }
    }

    @Test
    void a_request_that_drips_in_does_not_hold_a_connection() throws Exception {
        EndpointConfig strict = EndpointConfig.onLoopback(0).withLimits(1, 4096, Duration.ofMillis(300));
        try (HttpEndpoint there = HttpEndpoint.open(group.leader(), strict);
                Socket slow = connection(there)) {
            slow.getOutputStream().write(bytes("GET /health HT"));
            assertThat(new String(slow.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 408 ");
        }
    }
}

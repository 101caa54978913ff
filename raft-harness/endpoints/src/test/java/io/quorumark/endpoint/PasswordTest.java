package io.quorumark.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.quorumark.endpoint.http.HttpEndpoint;
import io.quorumark.endpoint.resp.RespEndpoint;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.exceptions.JedisException;

/** Endpoints with a password: who has it can do everything, a stranger nothing. */
class PasswordTest {
    @TempDir
    Path folder;

    private final Access access = Access.with(Password.of("sécret"));
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private TestGroup group;
    private RespEndpoint resp;
    private HttpEndpoint http;

    @BeforeEach
    void open() {
        group = new TestGroup(folder.resolve("group"), 1);
        resp = RespEndpoint.open(group.leader(), EndpointConfig.onLoopback(0).withAccess(access));
        http = HttpEndpoint.open(group.leader(), EndpointConfig.onLoopback(0).withAccess(access));
    }

    @AfterEach
    void close() {
        http.close();
        resp.close();
        group.close();
    }

    private HttpResponse<String> send(HttpEndpoint endpoint, String method, String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + endpoint.address().getPort() + path))
                .method(method, BodyPublishers.ofString("x"));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private String raw(RespEndpoint endpoint, String bytes) throws IOException {
        try (Socket socket =
                new Socket(endpoint.address().getAddress(), endpoint.address().getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write((bytes + "QUIT\r\n").getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void a_stranger_gets_nothing_over_http() throws Exception {
        String id = group.leader().id();
        for (String[] request : new String[][] {
            {"GET", "/kv/a"},
            {"PUT", "/kv/a"},
            {"DELETE", "/kv/a"},
            {"GET", "/kv"},
            {"GET", "/members"},
            {"POST", "/members/127.0.0.1:1"},
            {"DELETE", "/members/" + id},
            {"GET", "/status"},
            {"GET", "/health"},
            {"GET", "/metrics"},
            {"GET", "/nowhere"},
            {"OPTIONS", "/kv/a"},
            {"BREW", "/kv/a"}
        }) {
            HttpResponse<String> refused = send(http, request[0], request[1]);
            assertThat(refused.statusCode()).as(String.join(" ", request)).isEqualTo(401);
            assertThat(refused.body())
                    .startsWith("{\"error\":\"this endpoint asks for a password")
                    .doesNotContain(id);
            assertThat(refused.headers().firstValue("WWW-Authenticate")).hasValue("Bearer realm=\"quorumark\"");
        }
        assertThat(send(http, "GET", "/status", "Authorization", "Basic eDp5").statusCode())
                .isEqualTo(401);
        assertThat(group.leader().membership().join().voters()).containsExactly(id);
    }

    @Test
    void a_stranger_gets_nothing_over_resp() throws Exception {
        for (String command : new String[] {
            "GET a", "SET a b", "PING", "INFO", "CLIENT ID", "COMMAND", "CONFIG GET save", "DBSIZE", "SCAN 0", "NOSUCH"
        }) {
            assertThat(raw(resp, command + "\r\n")).as(command).startsWith("-NOAUTH ");
        }
        assertThat(raw(resp, "HELLO 3\r\n")).startsWith("-NOAUTH ");
        assertThat(raw(resp, "AUTH wrong\r\nGET a\r\n"))
                .startsWith("-WRONGPASS ")
                .contains("-NOAUTH ");
        assertThat(raw(resp, "AUTH other sécret\r\n")).startsWith("-WRONGPASS ");
        assertThat(raw(resp, "*2\r\n$4\r\nECHO\r\n$1000000\r\n")).startsWith("-ERR Protocol error");
    }

    @Test
    void who_has_the_password_can_do_everything() throws Exception {
        assertThat(raw(resp, "AUTH sécret\r\nSET a 1\r\nGET a\r\n")).isEqualTo("+OK\r\n+OK\r\n$1\r\n1\r\n+OK\r\n");
        assertThat(raw(resp, "AUTH default sécret\r\nPING\r\n")).startsWith("+OK\r\n+PONG");
        assertThat(raw(resp, "HELLO 3 AUTH default sécret\r\n")).startsWith("%7");
        try (Socket socket =
                new Socket(http.address().getAddress(), http.address().getPort())) {
            String request =
                    "GET /kv/a HTTP/1.1\r\nHost: x\r\nAuthorization: bearer sécret\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200 OK")
                    .endsWith("\r\n\r\n1");
        }
    }

    private static String array(String... words) {
        StringBuilder request = new StringBuilder("*" + words.length + "\r\n");
        for (String word : words) {
            request.append('$')
                    .append(word.getBytes(StandardCharsets.UTF_8).length)
                    .append("\r\n");
            request.append(word).append("\r\n");
        }
        return request.toString();
    }

    @Test
    void what_is_sent_behind_the_password_in_one_packet_is_not_a_strangers() throws Exception {
        String many = array("MSET a 1 b 2 c 3 d 4 e 5 f 6".split(" ")) + array("SET", "g", "x".repeat(20_000));
        for (String password : List.of(
                array("AUTH", "sécret"),
                array("PING") + array("AUTH", "wrong") + array("AUTH", "sécret"),
                array("HELLO", "2", "AUTH", "default", "sécret"))) {
            assertThat(raw(resp, password + many)).as(password).endsWith("+OK\r\n+OK\r\n+OK\r\n");
        }
        assertThat(raw(resp, array("AUTH", "wrong") + many))
                .startsWith("-WRONGPASS ")
                .endsWith("-ERR Protocol error: invalid multibulk length\r\n");
        assertThat(raw(resp, "AUTH sécret\r\nEXISTS a b c d e f g\r\n")).isEqualTo("+OK\r\n:7\r\n+OK\r\n");
    }

    @Test
    void guesses_are_counted_and_slowed_down_at_both_endpoints() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertThat(raw(resp, "AUTH guess" + i + "\r\n")).startsWith("-WRONGPASS ");
            assertThat(send(http, "GET", "/status", "Authorization", "Bearer guess" + i)
                            .statusCode())
                    .isEqualTo(401);
        }
        assertThat(raw(resp, "AUTH x\r\n".repeat(5))).contains("-ERR too many wrong passwords");
        List<Integer> codes = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            codes.add(send(http, "GET", "/status", "Authorization", "Bearer guess")
                    .statusCode());
        }
        assertThat(codes).contains(429).isSubsetOf(401, 429);
        assertThat(refusals("wrong_password")).isGreaterThanOrEqualTo(10);
        assertThat(refusals("too_many_attempts")).isPositive();
    }

    @Test
    void who_is_in_may_show_the_password_again_while_others_guess() throws Exception {
        try (Socket in = new Socket(resp.address().getAddress(), resp.address().getPort())) {
            in.setSoTimeout(20_000);
            byte[] auth = "AUTH sécret\r\n".getBytes(StandardCharsets.UTF_8);
            in.getOutputStream().write(auth);
            assertThat(in.getInputStream().readNBytes(5)).asString().isEqualTo("+OK\r\n");
            assertThat(raw(resp, "AUTH x\r\n".repeat(20))).contains("-ERR too many wrong passwords");
            in.getOutputStream().write(auth);
            assertThat(in.getInputStream().readNBytes(5)).asString().isEqualTo("+OK\r\n");
        }
    }

    private double refusals(String reason) {
        return access.collectors().stream()
                .map(collector -> (CounterSnapshot) collector.collect())
                .flatMap(counter -> counter.getDataPoints().stream())
                .filter(point -> reason.equals(point.getLabels().get("reason")))
                .mapToDouble(CounterDataPointSnapshot::getValue)
                .sum();
    }

    @Test
    void metrics_and_health_are_open_only_if_asked_for() throws Exception {
        try (HttpEndpoint open =
                HttpEndpoint.open(group.leader(), EndpointConfig.onLoopback(0).withAccess(access.withOpenMetrics()))) {
            assertThat(send(open, "GET", "/metrics").statusCode()).isEqualTo(200);
            assertThat(send(open, "GET", "/health").statusCode()).isEqualTo(200);
            assertThat(send(open, "PUT", "/metrics").statusCode()).isEqualTo(401);
            assertThat(send(open, "GET", "/status").statusCode()).isEqualTo(401);
            assertThat(send(open, "GET", "/kv/a?x=/metrics").statusCode()).isEqualTo(401);
        }
    }

    @Test
    void jedis_comes_in_with_the_password_alone() {
        HostAndPort address = new HostAndPort("127.0.0.1", resp.address().getPort());
        for (RedisProtocol protocol : RedisProtocol.values()) {
            for (String user : new String[] {null, "default"}) {
                DefaultJedisClientConfig config = DefaultJedisClientConfig.builder()
                        .protocol(protocol)
                        .user(user)
                        .password("sécret")
                        .build();
                try (Jedis jedis = new Jedis(address, config)) {
                    assertThat(jedis.set("k", "v")).isEqualTo("OK");
                    assertThat(jedis.get("k")).isEqualTo("v");
                }
            }
        }
        try (Jedis stranger = new Jedis(address)) {
            assertThatThrownBy(() -> stranger.get("k"))
                    .isInstanceOf(JedisException.class)
                    .hasMessageContaining("NOAUTH");
            assertThatThrownBy(() -> stranger.auth("guess"))
                    .isInstanceOf(JedisException.class)
                    .hasMessageContaining("WRONGPASS");
        }
    }
}

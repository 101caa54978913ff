package io.quorumark.endpoint.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.endpoint.EndpointConfig;
import io.quorumark.endpoint.TestGroup;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What HTTP asks of a server (RFC 9110, 9112), in bytes as they go over the wire: on one group, each test with keys of its own. */
class HttpProtocolTest {
    @TempDir
    static Path folder;

    private static TestGroup group;
    private static HttpEndpoint endpoint;
    private static HttpEndpoint strict;

    @BeforeAll
    static void open() {
        group = new TestGroup(folder, 1);
        EndpointConfig config = EndpointConfig.onLoopback(0);
        endpoint = HttpEndpoint.open(group.leader(), config.withLimits(100, 1 << 20, Duration.ofSeconds(30)));
        strict = HttpEndpoint.open(group.leader(), config.withLimits(100, 1 << 20, Duration.ofMillis(1500)));
    }

    @AfterAll
    static void close() {
        strict.close();
        endpoint.close();
        group.close();
    }

    /** One answer. */
    private record Received(int code, Map<String, String> headers, String body) {}

    private static String raw(String bytes, boolean endOutput) throws IOException {
        return raw(endpoint, bytes, endOutput);
    }

    private static String raw(HttpEndpoint there, String bytes, boolean endOutput) throws IOException {
        try (Socket socket =
                new Socket(there.address().getAddress(), there.address().getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            if (endOutput) {
                socket.shutdownOutput();
            }
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static List<Received> parse(String text) {
        List<Received> all = new ArrayList<>();
        String rest = text;
        while (!rest.isEmpty()) {
            String[] headAndRest = rest.split("\r\n\r\n", 2);
            String[] lines = headAndRest[0].split("\r\n");
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            for (int i = 1; i < lines.length; i++) {
                String[] pair = lines[i].split(": ", 2);
                headers.put(pair[0], pair[1]);
            }
            int length =
                    Math.min(Integer.parseInt(headers.getOrDefault("Content-Length", "0")), headAndRest[1].length());
            all.add(new Received(
                    Integer.parseInt(lines[0].split(" ")[1]), headers, headAndRest[1].substring(0, length)));
            rest = headAndRest[1].substring(length);
        }
        return all;
    }

    /** The last answer on a connection that the endpoint closes, or that the client ends. */
    private Received last(String request) throws IOException {
        List<Received> answers = parse(raw(request, true));
        assertThat(answers).as(request).isNotEmpty();
        return answers.get(answers.size() - 1);
    }

    private static String request(String firstLine, String... headers) {
        return firstLine + " HTTP/1.1\r\nHost: x\r\n" + String.join("", headers) + "\r\n";
    }

    private static final String PUT = "PUT /kv/a HTTP/1.1|Host: x|";

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "GET /status HTTP/1.1|Connection: close||; 400; 0 Host headers, expected one",
                "GET /status HTTP/1.1|Host: a|Host: b||; 400; 2 Host headers, expected one",
                "GET /status HTTP/1.1|Host: a/b||; 400; Host is malformed",
                "GET /status HTTP/2.0|Host: x||; 505; version is HTTP/2.0, expected HTTP/1.1 or HTTP/1.0",
                "GET /status HTTP/1.2|Host: x||; 505; version is HTTP/1.2",
                "PRI * HTTP/2.0||SM||; 505; version is HTTP/2.0",
                "GET /status||; 400; malformed request",
                "NONSENSE||; 400; malformed request",
                "GET /status HTTP/1.1|Host : x||; 400; malformed request",
                "GET status HTTP/1.1|Host: x||; 400; expected /path, http://host/path or *",
                "GET * HTTP/1.1|Host: x||; 400; target is *, expected a path, or the method OPTIONS",
                "POST * HTTP/1.1|Host: x|Content-Length: 0||; 400; target is *, expected a path",
                "PUT * HTTP/1.1|Host: x|Content-Length: 1||a; 400; target is *, expected a path",
                "DELETE * HTTP/1.1|Host: x||; 400; target is *, expected a path",
                "GET ftp://x/status HTTP/1.1|Host: x||; 400; expected /path, http://host/path or *",
                "GET /kv/\u00c3\u00bc HTTP/1.1|Host: x||; 400; percent sign",
                "GET /kv/%zz HTTP/1.1|Host: x||; 400; hexadecimal",
                "GET /kv?limt=1 HTTP/1.1|Host: x||; 400; parameter 'limt' is not known",
                "`GET /kv?limit=2;foo=1 HTTP/1.1|Host: x||`; 400; `limit is '2;foo=1', expected 1 to 10000`",
                "GET /nowhere HTTP/1.1|Host: x||; 404; no such path",
                "BREW /kv/a HTTP/1.1|Host: x||; 501; method is not known",
                "CONNECT x:80 HTTP/1.1|Host: x||; 501; method is not known",
                PUT + "|; 411; no Content-Length",
                PUT + "Content-Length: nine||; 400; malformed request",
                PUT + "Content-Length: 1|Content-Length: 2||a; 400; malformed request",
                PUT + "Content-Length: 1|Transfer-Encoding: chunked||1|a|0||; 400; malformed request",
                PUT + "Transfer-Encoding: gzip, chunked||1|a|0||; 501; Transfer-Encoding is not chunked alone",
                PUT + "Transfer-Encoding: identity||a; 400; malformed request",
                PUT + "Transfer-Encoding: chunked||zz|a|0||; 400; malformed request",
                PUT + "Transfer-Encoding: chunked||1|ab|0||; 400; malformed request",
                PUT + "Content-Length: 1048577||a; 413; longer than 1048576 bytes",
                PUT + "Expect: 100-continue|Content-Length: 1048577||; 413; longer than 1048576 bytes",
                PUT + "Expect: miracles|Content-Length: 1||a; 417; Expect is not 100-continue",
                PUT + "Content-Range: bytes 0-0/9|Content-Length: 1||a; 400; content-range is not supported",
                PUT + "Content-Encoding: gzip|Content-Length: 1||a; 400; content-encoding is not supported",
                PUT + "If-Match: a|Content-Length: 1||a; 400; If-Match is malformed",
                "POST /members/127.0.0.1:1?learner=maybe HTTP/1.1|Host: x||; 400; learner is 'maybe', expected true or false",
                "GET /kv/a?consistency= HTTP/1.1|Host: x||; 400; consistency is '', expected linearizable, lease or local",
                "DELETE /members/127.0.0.1:1 HTTP/1.1|Host: x||; 404; it does not belong to the group",
                "DELETE /members/127.0.0.1:1 HTTP/1.1|Host: x|If-Match: \"a\"||; 400; not supported here",
            })
    void errors_have_their_code_and_one_line_of_json(String request, int code, String words) throws Exception {
        Received received = last(request.replace("|", "\r\n"));
        assertThat(received.code()).as(received.body()).isEqualTo(code);
        assertThat(received.body()).startsWith("{\"error\":\"").contains(words).endsWith("\"}\n");
        assertThat(received.headers())
                .containsEntry("Content-Type", "application/json")
                .containsEntry(
                        "Content-Length", Integer.toString(received.body().length()));
    }

    @Test
    void lines_and_headers_that_are_too_long_have_their_own_codes() throws Exception {
        assertThat(last(request("GET /" + "x".repeat(10_000))).code()).isEqualTo(414);
        assertThat(last(request("GET /status", "X: " + "y".repeat(20_000) + "\r\n"))
                        .code())
                .isEqualTo(431);
    }

    @Test
    void a_body_that_turns_out_too_long_is_refused_after_the_answers_before_it() throws Exception {
        String chunk = "40000\r\n" + "x".repeat(0x40000) + "\r\n";
        List<Received> answers = parse(raw(
                request("GET /health")
                        + request("PUT /kv/a", "Transfer-Encoding: chunked\r\n")
                        + chunk.repeat(5)
                        + "0\r\n\r\n"
                        + request("GET /health"),
                false));
        assertThat(answers).extracting(Received::code).containsExactly(200, 413);
        assertThat(answers.get(1).body()).contains("longer than 1048576 bytes");
    }

    @Test
    void a_client_that_is_still_sending_is_told_why_it_is_refused() throws Exception {
        String body = "x".repeat(4 << 20);
        assertThat(last(request("PUT /kv/a", "Content-Length: " + body.length() + "\r\n") + body)
                        .code())
                .isEqualTo(413);
    }

    @Test
    void a_request_that_does_not_arrive_in_time_is_told_so_and_an_idle_connection_is_closed() throws Exception {
        Received late = parse(raw(strict, "GET /health HT", false)).get(0);
        assertThat(late.code()).isEqualTo(408);
        assertThat(late.body()).contains("did not arrive in full within 1500 ms");
        for (String half :
                List.of("G", "GET /health HT", "GET /health HTTP/1.1\r\n", "GET /health HTTP/1.1\r\nHost: x\r\n")) {
            assertThat(parse(raw(strict, request("GET /health") + half, false)))
                    .as(half)
                    .extracting(Received::code)
                    .containsExactly(200, 408);
        }
        assertThat(parse(raw(
                        strict,
                        request("GET /health") + request("PUT /kv/half", "Content-Length: 9\r\n") + "half",
                        false)))
                .extracting(Received::code)
                .containsExactly(200, 408);
        assertThat(raw(strict, "", false)).isEmpty();
        assertThat(parse(raw(strict, request("GET /health"), false)))
                .extracting(Received::code)
                .containsExactly(200);
    }

    @Test
    void line_ends_behind_a_request_do_not_begin_another() throws Exception {
        for (String behind : List.of("\r\n", "\r\n\r\n", "\n", "\r")) {
            assertThat(parse(raw(strict, request("GET /health") + behind, false)))
                    .extracting(Received::code)
                    .containsExactly(200);
        }
        assertThat(raw(strict, "\r\n", false)).isEmpty();
        assertThat(parse(raw(
                        strict, "\r\n" + request("GET /health") + "\r\n" + request("GET /health") + "\r\nGET", false)))
                .extracting(Received::code)
                .containsExactly(200, 200, 408);
    }

    @Test
    void head_is_get_without_a_body() throws Exception {
        for (String path : List.of("/health", "/members", "/metrics", "/kv", "/kv/none")) {
            List<Received> answers = parse(raw(request("GET " + path), true));
            String head = raw(request("HEAD " + path), true);
            assertThat(head).as(path).endsWith("\r\n\r\n").contains("content-length: ");
            assertThat(parse(head).get(0).code()).isEqualTo(answers.get(0).code());
        }
        List<Received> mixed =
                parse(raw(request("GET /health") + request("GET /health", "Connection: close\r\n"), true));
        assertThat(mixed).extracting(Received::code).containsExactly(200, 200);
    }

    @Test
    void methods_that_are_allowed_are_named() throws Exception {
        for (String[] pathAndMethods : new String[][] {
            {"/kv/a", "GET, HEAD, PUT, DELETE, OPTIONS"},
            {"/kv", "GET, HEAD, OPTIONS"},
            {"/members/127.0.0.1:1", "POST, DELETE, OPTIONS"},
            {"/status", "GET, HEAD, OPTIONS"},
            {"*", "GET, HEAD, PUT, POST, DELETE, OPTIONS"}
        }) {
            Received options = last(request("OPTIONS " + pathAndMethods[0]));
            assertThat(options.code()).isEqualTo(204);
            assertThat(options.headers()).containsEntry("Allow", pathAndMethods[1]);
            Received refused = last(request("PATCH " + pathAndMethods[0], "Content-Length: 0\r\n"));
            assertThat(refused.code()).isEqualTo(405);
            assertThat(refused.headers()).containsEntry("Allow", pathAndMethods[1]);
        }
    }

    @Test
    void targets_may_name_the_host() throws Exception {
        assertThat(last("GET http://elsewhere:80/health HTTP/1.1\r\nHost: x\r\n\r\n")
                        .code())
                .isEqualTo(200);
        assertThat(last("GET /health HTTP/1.0\r\n\r\n").code()).isEqualTo(200);
    }

    @Test
    void an_old_client_that_asks_to_keep_the_connection_is_told_that_it_is_kept() throws Exception {
        String old = "GET /health HTTP/1.0\r\n";
        List<Received> answers =
                parse(raw(old + "Connection: keep-alive\r\n\r\n" + old + "\r\n" + old + "\r\n", false));
        assertThat(answers)
                .extracting(answer -> answer.headers().get("Connection"))
                .containsExactly("keep-alive", "close");
        assertThat(last(request("GET /health")).headers()).doesNotContainKey("Connection");
    }

    private Received put(String value, String... headers) throws IOException {
        return last(request("PUT /kv/tagged", String.join("", headers), "Content-Length: " + value.length() + "\r\n")
                + value);
    }

    @Test
    void tags_guard_writes_and_spare_reads() throws Exception {
        assertThat(put("1", "If-Match: *\r\n").code()).isEqualTo(412);
        assertThat(put("1", "If-None-Match: *\r\n").code()).isEqualTo(204);
        String tag = last(request("GET /kv/tagged")).headers().get("ETag");
        assertThat(tag).isEqualTo(EntityTags.of("1".getBytes(StandardCharsets.US_ASCII)));
        assertThat(last(request("HEAD /kv/tagged")).headers()).containsEntry("ETag", tag);
        assertThat(last(request("GET /kv/tagged", "If-None-Match: \"x\", W/" + tag + "\r\n"))
                        .code())
                .isEqualTo(304);
        assertThat(last(request("GET /kv/tagged", "If-Match: \"x\"\r\n")).code())
                .isEqualTo(412);
        assertThat(put("2", "If-Match: \"x\"\r\n").code()).isEqualTo(412);
        assertThat(put("2", "If-Match: W/" + tag + "\r\n").code()).isEqualTo(412);
        assertThat(put("2", "If-None-Match: " + tag + "\r\n").code()).isEqualTo(412);
        assertThat(last(request("GET /kv/tagged")).body()).isEqualTo("1");
        assertThat(put("2", "If-Match: " + tag + "\r\n").code()).isEqualTo(204);
        assertThat(put("3", "If-Match: " + tag + "\r\n").code()).isEqualTo(412);
        assertThat(last(request("DELETE /kv/tagged", "If-Match: " + tag + "\r\n"))
                        .code())
                .isEqualTo(412);
        assertThat(last(request("GET /kv/tagged")).body()).isEqualTo("2");
        assertThat(last(request("DELETE /kv/tagged", "If-Match: *\r\n")).code()).isEqualTo(204);
        assertThat(last(request("DELETE /kv/tagged", "If-Match: *\r\n")).code()).isEqualTo(412);
    }

    @Test
    void a_body_in_chunks_and_one_that_waits_for_a_word_are_stored() throws Exception {
        String chunked = request("PUT /kv/chunked", "Transfer-Encoding: chunked\r\n")
                + "3;note=x\r\nabc\r\n2\r\nde\r\n0\r\nTrailer: y\r\n\r\n";
        assertThat(last(chunked).code()).isEqualTo(204);
        assertThat(last(request("GET /kv/chunked")).body()).isEqualTo("abcde");
        List<Received> answers = parse(
                raw(request("PUT /kv/waited", "Expect: 100-continue\r\n", "Content-Length: 3\r\n") + "abc", true));
        assertThat(answers).extracting(Received::code).containsExactly(100, 204);
    }

    @Test
    void a_thousand_requests_that_are_sent_at_once_are_answered_in_order() throws Exception {
        for (boolean endOutput : new boolean[] {true, false}) {
            StringBuilder requests = new StringBuilder();
            for (int i = 0; i < 500; i++) {
                requests.append(request("PUT /kv/p" + i, "Content-Length: 4\r\n"))
                        .append(1000 + i)
                        .append(request("GET /kv/p" + i));
            }
            requests.append(endOutput ? "" : request("GET /none", "Connection: close\r\n"));
            List<Received> answers = parse(raw(requests.toString(), endOutput));
            assertThat(answers).hasSize(endOutput ? 1000 : 1001);
            for (int i = 0; i < 500; i++) {
                assertThat(answers.get(2 * i).code()).isEqualTo(204);
                assertThat(answers.get(2 * i + 1).body()).isEqualTo(Integer.toString(1000 + i));
            }
        }
    }
}

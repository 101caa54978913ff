package io.quorumark.endpoint.resp;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.endpoint.EndpointConfig;
import io.quorumark.endpoint.TestGroup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes over the socket, byte by byte. The answers are those of Redis 7.0, but for limits of this endpoint's own. */
class RequestsByHandTest {
    @TempDir
    static Path folder;

    private static TestGroup group;
    private static RespEndpoint endpoint;

    @BeforeAll
    static void open() {
        group = new TestGroup(folder, 1);
        endpoint = RespEndpoint.open(
                group.leader(), EndpointConfig.onLoopback(0).withLimits(100, 1 << 20, Duration.ofSeconds(30)));
    }

    @AfterAll
    static void close() {
        endpoint.close();
        group.close();
    }

    private static String escaped(String input) {
        return input.replace("\\r", "\r").replace("\\n", "\n").replace("\\t", "\t");
    }

    /** In the table {@code \\r} and {@code \\n} stand for the bytes; the quote character is {@code |}. */
    @ParameterizedTest
    @CsvSource(quoteCharacter = '|', delimiter = ';', textBlock = """
        PING\\n                                   ; +PONG
        ping\\r\\n                              ; +PONG
        |  PING \\t\\r\\n|                    ; +PONG
        \\r\\n\\n\\r\\nPING\\r\\n     ; +PONG
        ECHO "a b"\\n                            ; $a b
        ECHO 'a b'\\n                            ; $a b
        ECHO "\\x41\\x7a"\\n                  ; $Az
        ECHO "q\\"q"\\n                         ; $q"q
        ECHO 'q\\'q'\\n                         ; $q'q
        ECHO ""\\n                               ; $
        ECHO a"b c"\\n                           ; $ab c
        *1\\r\\n$4\\r\\nPING\\r\\n      ; +PONG
        *0\\r\\nPING\\r\\n                  ; +PONG
        *-1\\r\\nPING\\r\\n                 ; +PONG
        *-9\\r\\nPING\\r\\n                 ; +PONG
        +OK\\r\\n                              ; |-ERR unknown command '+OK', with args beginning with: |
        :1\\r\\n                               ; |-ERR unknown command ':1', with args beginning with: |
        *1\\r\\n$0\\r\\n\\r\\n          ; |-ERR unknown command '', with args beginning with: |
        GET a b\\n                               ; -ERR wrong number of arguments for 'get' command
        """)
    void is_answered_and_the_connection_goes_on(String input, String answer) throws IOException {
        try (RespClient client = new RespClient(endpoint.address())) {
            client.raw(escaped(input));
            assertThat(client.read()).isEqualTo(answer);
            assertThat(client.ask("ECHO", "still here")).isEqualTo("$still here");
        }
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '|', delimiter = ';', textBlock = """
        ECHO "a\\n                               ; unbalanced quotes in request
        ECHO 'a\\n                               ; unbalanced quotes in request
        ECHO "a"b\\n                             ; unbalanced quotes in request
        *x\\r\\n                               ; invalid multibulk length
        *\\r\\n                                ; invalid multibulk length
        *01\\r\\n                              ; invalid multibulk length
        *+1\\r\\n                              ; invalid multibulk length
        *-0\\r\\n                              ; invalid multibulk length
        * 1\\r\\n                              ; invalid multibulk length
        *1 \\r\\n                              ; invalid multibulk length
        *100001\\r\\n                          ; invalid multibulk length
        *2147483648\\r\\n                      ; invalid multibulk length
        *9223372036854775807\\r\\n             ; invalid multibulk length
        *9223372036854775808\\r\\n             ; invalid multibulk length
        *-9223372036854775808\\r\\n            ; invalid multibulk length
        *1\\r\\n$-1\\r\\n                   ; invalid bulk length
        *1\\r\\n$-0\\r\\n                   ; invalid bulk length
        *1\\r\\n$04\\r\\nPING\\r\\n     ; invalid bulk length
        *1\\r\\n$+4\\r\\nPING\\r\\n     ; invalid bulk length
        *1\\r\\n$\\r\\n                     ; invalid bulk length
        *1\\r\\n$9223372036854775808\\r\\n  ; invalid bulk length
        *1\\r\\n$2000000000\\r\\n           ; request is longer than 1048576 bytes
        *2\\r\\n$3\\r\\nGET\\r\\n:5\\r\\n ; expected '$', got ':'
        *1\\r\\nPING\\r\\n                  ; expected '$', got 'P'
        *1\\r\\n*1\\r\\n                    ; expected '$', got '*'
        *1\\r\\n$3\\r\\nPING\\r\\n      ; bulk string of 3 bytes does not end in CR LF
        """)
    void is_a_protocol_error_behind_the_replies_before_it(String input, String reason) throws IOException {
        try (RespClient client = new RespClient(endpoint.address())) {
            client.raw("SET before it\r\nGET before\r\n" + escaped(input) + "SET after it\r\n");
            assertThat(client.read()).isEqualTo("+OK");
            assertThat(client.read()).isEqualTo("$it");
            assertThat(client.read()).isEqualTo("-ERR Protocol error: " + reason);
            assertThat(client.isClosedByEndpoint()).isTrue();
        }
        try (RespClient other = new RespClient(endpoint.address())) {
            assertThat(other.ask("EXISTS", "after")).isEqualTo(":0");
        }
    }

    @Test
    void a_line_without_an_end_is_bounded() throws IOException {
        for (String start : new String[] {"", "*", "*1\r\n$"}) {
            try (RespClient client = new RespClient(endpoint.address())) {
                client.raw(start + "1".repeat(RequestDecoder.MAX_LINE_BYTES + 1));
                assertThat(client.read()).startsWith("-ERR Protocol error: too big ");
                assertThat(client.isClosedByEndpoint()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST / HTTP/1.1\r\nHost: x\r\n\r\nSET after it\r\n",
                "post whatever\nSET after it\n",
                "Host: 127.0.0.1\r\nSET after it\r\n",
                "host:\r\nSET after it\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\n\r\nSET after it\r\n",
                "PUT /kv/after HTTP/1.0\r\n\r\nSET after it\r\n",
                "OPTIONS * HTTP/1.1\r\nSET after it\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\nSET after it\r\n",
                "Content-Type: text/plain\r\nSET after it\r\n",
                "*1\r\n$4\r\nPOST\r\n*3\r\n$3\r\nSET\r\n$5\r\nafter\r\n$2\r\nit\r\n"
            })
    void http_closes_the_connection_and_nothing_of_it_is_run(String input) throws IOException {
        try (RespClient client = new RespClient(endpoint.address())) {
            client.raw(input);
            assertThat(client.everything()).isEmpty();
        }
        try (RespClient other = new RespClient(endpoint.address())) {
            assertThat(other.ask("EXISTS", "after")).isEqualTo(":0");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PING", "*", "*1", "*1\r\n", "*1\r\n$4\r\nPIN", "*1\r\n$4\r\nPING", "SET a \"b"})
    void half_a_request_ends_by_time_or_with_the_input(String half) throws IOException {
        try (RespClient ended = new RespClient(endpoint.address())) {
            ended.raw("ECHO first\r\n" + half);
            ended.endInput();
            assertThat(ended.read()).isEqualTo("$first");
            assertThat(ended.everything()).isEmpty();
        }
        EndpointConfig strict = EndpointConfig.onLoopback(0).withLimits(100, 1 << 20, Duration.ofMillis(500));
        try (RespEndpoint there = RespEndpoint.open(group.leader(), strict);
                RespClient slow = new RespClient(there.address())) {
            slow.raw("ECHO first\r\n" + half);
            assertThat(slow.read()).isEqualTo("$first");
            assertThat(slow.read()).isEqualTo("-ERR Protocol error: request did not arrive within 500 ms");
            assertThat(slow.isClosedByEndpoint()).isTrue();
        }
    }

    @Test
    void requests_that_arrive_byte_by_byte_are_whole() throws IOException {
        try (RespClient client = new RespClient(endpoint.address())) {
            for (byte octet : "*3\r\n$3\r\nSET\r\n$5\r\nslow1\r\n$1\r\nv\r\nGET slow1\nECHO 'x y'\r\n"
                    .getBytes(StandardCharsets.US_ASCII)) {
                client.raw(new byte[] {octet});
            }
            assertThat(client.read()).isEqualTo("+OK");
            assertThat(client.read()).isEqualTo("$v");
            assertThat(client.read()).isEqualTo("$x y");
        }
    }

    @Test
    void what_was_sent_before_the_end_of_input_is_answered() throws IOException {
        try (RespClient client = new RespClient(endpoint.address())) {
            StringBuilder requests = new StringBuilder();
            for (int i = 0; i < 200; i++) {
                requests.append("INCR ended\r\n");
            }
            client.raw(requests.toString());
            client.endInput();
            for (int i = 1; i <= 200; i++) {
                assertThat(client.read()).isEqualTo(":" + i);
            }
            assertThat(client.isClosedByEndpoint()).isTrue();
        }
    }

    @Test
    void nothing_behind_quit_is_run() throws IOException {
        try (RespClient client = new RespClient(endpoint.address())) {
            client.raw("ECHO x\u000by\r\nQUIT now\r\nSET after it\r\n");
            assertThat(client.read()).isEqualTo("$x\u000by");
            assertThat(client.read()).isEqualTo("+OK");
            assertThat(client.everything()).isEmpty();
        }
        try (RespClient other = new RespClient(endpoint.address())) {
            assertThat(other.ask("EXISTS", "after")).isEqualTo(":0");
        }
    }

    @Test
    void a_request_of_many_words_is_taken_in_time() throws IOException {
        try (RespClient client = new RespClient(endpoint.address())) {
            String[] request = new String[RequestDecoder.MAX_WORDS];
            request[0] = "EXISTS";
            for (int i = 1; i < request.length; i++) {
                request[i] = "k" + i;
            }
            assertThat(client.ask(request)).isEqualTo(":0");
        }
    }
}

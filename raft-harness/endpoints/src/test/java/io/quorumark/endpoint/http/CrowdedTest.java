package io.quorumark.endpoint.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.endpoint.Await;
import io.quorumark.endpoint.ByteBudget;
import io.quorumark.endpoint.EndpointConfig;
import io.quorumark.endpoint.EndpointMemory;
import io.quorumark.endpoint.Slots;
import io.quorumark.endpoint.TestGroup;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that send slowly or do not read, on an endpoint that has 4 MB for the requests, and 6 MB for the answers, of all of them. */
class CrowdedTest {
    private static final int VALUE_BYTES = 3_000_000;

    @TempDir
    Path folder;

    private final ByteBudget requests = new ByteBudget(4_000_000);
    private final ByteBudget answers = new ByteBudget(6_000_000);
    private TestGroup group;
    private HttpEndpoint endpoint;

    @BeforeEach
    void open() {
        group = new TestGroup(folder, 1);
        endpoint = HttpEndpoint.open(
                group.leader(),
                EndpointConfig.onLoopback(0).withMemory(new EndpointMemory(requests, answers, new Slots(4))));
    }

    @AfterEach
    void close() {
        endpoint.close();
        group.close();
    }

    /** One answer. */
    private record Answered(int code, String head, int bodyBytes) {}

    /** Sends by hand, and reads one answer after another. */
    private final class Client implements AutoCloseable {
        private final Socket socket = new Socket();
        private final InputStream in;

        Client() throws IOException {
            socket.setReceiveBufferSize(4096);
            socket.connect(endpoint.address());
            socket.setSoTimeout(20_000);
            in = new BufferedInputStream(socket.getInputStream());
        }

        Answered ask(String firstLine, String... headers) throws IOException {
            send(firstLine, headers);
            return answer();
        }

        void send(String firstLine, String... headers) throws IOException {
            raw(firstLine + " HTTP/1.1\r\nHost: x\r\n" + String.join("", headers) + "\r\n");
        }

        /** All but the last bytes of a value. */
        void put(String key, int bodyBytes, int missingBytes) throws IOException {
            send("PUT /kv/" + key, "Content-Length: " + bodyBytes + "\r\n");
            raw("v".repeat(bodyBytes - missingBytes));
        }

        void raw(String bytes) throws IOException {
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.US_ASCII));
        }

        Answered answer() throws IOException {
            StringBuilder head = new StringBuilder();
            int length = 0;
            for (String line = line(); !line.isEmpty(); line = line()) {
                head.append(line).append('\n');
                if (line.startsWith("content-length: ")) {
                    length = Integer.parseInt(line.substring("content-length: ".length()));
                }
            }
            assertThat(in.readNBytes(length)).hasSize(length);
            return new Answered(Integer.parseInt(head.substring(9, 12)), head.toString(), length);
        }

        private String line() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            int octet;
            while ((octet = in.read()) != '\n') {
                if (octet < 0) {
                    throw new EOFException("closed by the endpoint behind " + line);
                }
                line.write(octet);
            }
            return line.toString(StandardCharsets.US_ASCII).stripTrailing();
        }

        boolean isClosedByEndpoint() throws IOException {
            return in.read() < 0;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void an_answer_without_room_is_not_given_and_others_are() throws IOException {
        int often = 5;
        try (Client other = new Client();
                Client slow = new Client()) {
            other.put("k", VALUE_BYTES, 0);
            assertThat(other.answer().code()).isEqualTo(204);
            other.put("small", 1, 0);
            assertThat(other.answer().code()).isEqualTo(204);
            String tag = other.ask("GET /kv/k").head().replaceAll("(?s).*etag: (\\S+).*", "$1");
            try (Client gone = new Client()) {
                for (int i = 0; i < often; i++) {
                    slow.send("GET /kv/k");
                    gone.send("GET /kv/k");
                }
                Await.until("two answers are held", () -> answers.heldBytes() > 2 * VALUE_BYTES - 20_000);
                for (String request : List.of("GET /kv/k", "GET /kv?prefix=k", "HEAD /kv/k")) {
                    assertThat(refused(other, request)).as(request).contains("retry-after: 1");
                }
                assertThat(other.ask("DELETE /kv/k", "If-Match: " + tag + "\r\n")
                                .code())
                        .isEqualTo(503);
                assertThat(other.ask("GET /kv/small").code()).isEqualTo(200);
                assertThat(other.ask("GET /health").code()).isEqualTo(200);
                assertThat(other.ask("GET /kv?prefix=s").code()).isEqualTo(200);
                other.put("small", 2, 0);
                assertThat(other.answer().code()).isEqualTo(204);
            }
            for (int i = 0; i < often; i++) {
                Answered answered = slow.answer();
                assertThat(answered.code()).isEqualTo(200);
                assertThat(answered.bodyBytes()).isEqualTo(VALUE_BYTES);
            }
            Await.until("nothing is held", () -> answers.heldBytes() == 0);
            assertThat(other.ask("DELETE /kv/k", "If-Match: " + tag + "\r\n").code())
                    .isEqualTo(204);
        }
    }

    private static String refused(Client client, String request) throws IOException {
        client.send(request);
        if (request.startsWith("HEAD")) {
            StringBuilder head = new StringBuilder();
            for (String line = client.line(); !line.isEmpty(); line = client.line()) {
                head.append(line).append('\n');
            }
            assertThat(head.toString()).startsWith("HTTP/1.1 503 ");
            return head.toString();
        }
        Answered answered = client.answer();
        assertThat(answered.code()).isEqualTo(503);
        return answered.head();
    }

    @Test
    void a_request_without_room_is_refused_and_others_are_not() throws IOException {
        try (Client slow = new Client();
                Client other = new Client();
                Client small = new Client()) {
            slow.put("k", VALUE_BYTES, 100);
            Await.until("it has arrived", () -> requests.heldBytes() > VALUE_BYTES - 10_000);
            other.put("large", 2_000_000, 0);
            Answered answered = other.answer();
            assertThat(answered.code()).isEqualTo(503);
            assertThat(answered.head()).contains("retry-after: 1", "connection: close");
            assertThat(other.isClosedByEndpoint()).isTrue();
            small.put("small", 1000, 0);
            assertThat(small.answer().code()).isEqualTo(204);
            assertThat(small.ask("GET /kv/large").code()).isEqualTo(404);
            slow.raw("v".repeat(100));
            assertThat(slow.answer().code()).isEqualTo(204);
            Await.until("nothing is held", () -> requests.heldBytes() == 0);
        }
    }

    @Test
    void nothing_is_held_for_who_is_gone() throws IOException {
        try (Client gone = new Client()) {
            gone.put("k", VALUE_BYTES, 100);
            Await.until("it has arrived", () -> requests.heldBytes() > VALUE_BYTES - 10_000);
        }
        Await.until("nothing is held", () -> requests.heldBytes() == 0);
    }
}

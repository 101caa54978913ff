package io.quorumark.endpoint.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.endpoint.Await;
import io.quorumark.endpoint.ByteBudget;
import io.quorumark.endpoint.EndpointConfig;
import io.quorumark.endpoint.EndpointMemory;
import io.quorumark.endpoint.Slots;
import io.quorumark.endpoint.TestGroup;
import java.io.IOException;
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

    @Test
    void an_answer_without_room_is_not_given_and_others_are() throws IOException {
        int often = 5;
        try (HandHttpClient other = HandHttpClient.withSmallBuffer(endpoint.address());
                HandHttpClient slow = HandHttpClient.withSmallBuffer(endpoint.address())) {
            other.put("k", VALUE_BYTES, 0);
            assertThat(other.answer().code()).isEqualTo(204);
            other.put("small", 1, 0);
            assertThat(other.answer().code()).isEqualTo(204);
            String tag = other.ask("GET /kv/k").head().replaceAll("(?s).*etag: (\\S+).*", "$1");
            try (HandHttpClient gone = HandHttpClient.withSmallBuffer(endpoint.address())) {
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
                HandHttpClient.Answered answered = slow.answer();
                assertThat(answered.code()).isEqualTo(200);
                assertThat(answered.bodyBytes()).isEqualTo(VALUE_BYTES);
            }
            Await.until("nothing is held", () -> answers.heldBytes() == 0);
            assertThat(other.ask("DELETE /kv/k", "If-Match: " + tag + "\r\n").code())
                    .isEqualTo(204);
        }
    }

    private static String refused(HandHttpClient client, String request) throws IOException {
        client.send(request);
        if (request.startsWith("HEAD")) {
            StringBuilder head = new StringBuilder();
            for (String line = client.line(); !line.isEmpty(); line = client.line()) {
                head.append(line).append('\n');
            }
            assertThat(head.toString()).startsWith("HTTP/1.1 503 ");
            return head.toString();
        }
        HandHttpClient.Answered answered = client.answer();
        assertThat(answered.code()).isEqualTo(503);
        return answered.head();
    }

    @Test
    void a_request_without_room_is_refused_and_others_are_not() throws IOException {
        try (HandHttpClient slow = HandHttpClient.withSmallBuffer(endpoint.address());
                HandHttpClient other = HandHttpClient.withSmallBuffer(endpoint.address());
                HandHttpClient small = HandHttpClient.withSmallBuffer(endpoint.address())) {
            slow.put("k", VALUE_BYTES, 100);
            Await.until("it has arrived", () -> requests.heldBytes() > VALUE_BYTES - 10_000);
            other.put("large", 2_000_000, 0);
            HandHttpClient.Answered answered = other.answer();
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
        try (HandHttpClient gone = HandHttpClient.withSmallBuffer(endpoint.address())) {
            gone.put("k", VALUE_BYTES, 100);
            Await.until("it has arrived", () -> requests.heldBytes() > VALUE_BYTES - 10_000);
        }
        Await.until("nothing is held", () -> requests.heldBytes() == 0);
    }
}

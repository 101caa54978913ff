package io.quorumark.endpoint.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpVersion;
import io.quorumark.endpoint.Await;
import io.quorumark.endpoint.ByteBudget;
import io.quorumark.endpoint.ConnectionBytes;
import io.quorumark.endpoint.CopiedValues;
import io.quorumark.endpoint.EndpointConfig;
import io.quorumark.endpoint.HeldReads;
import io.quorumark.endpoint.TestGroup;
import io.quorumark.raft.ReadConsistency;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the endpoint holds for one client that sends and does not read: on a group that has 1 MiB under {@code k}. */
class UnreadAnswersTest {
    private static final int VALUE_BYTES = 1 << 20;
    private static final int REQUESTS = 100;

    /** One answer that is being sent, and what the network holds of a connection. */
    private static final long MOST_HELD_BYTES = 24L << 20;

    @TempDir
    static Path folder;

    private static TestGroup group;
    private static CopiedValues copied;
    private static HttpEndpoint endpoint;

    @BeforeAll
    static void open() throws IOException {
        group = new TestGroup(folder, 1);
        copied = new CopiedValues();
        endpoint = HttpEndpoint.open(
                copied.of(group.leader()),
                EndpointConfig.onLoopback(0).withLimits(100, 8 << 20, Duration.ofSeconds(20)));
        try (HandHttpClient client = HandHttpClient.of(endpoint.address())) {
            client.send("PUT /kv/k", VALUE_BYTES);
            assertThat(client.answer().bodyBytes()).isZero();
            client.send("PUT /kv/small", 1);
            assertThat(client.answer().bodyBytes()).isZero();
        }
    }

    @AfterAll
    static void close() {
        endpoint.close();
        group.close();
    }

    private static String get(String key) {
        return "GET /kv/" + key + " HTTP/1.1\r\nHost: x\r\n\r\n";
    }

    /** Reads behind others at the same member: those have had their time when these are answered. */
    private static void letReadsHappen() throws IOException {
        try (HandHttpClient other = HandHttpClient.of(endpoint.address())) {
            for (int i = 0; i < 2 * REQUESTS; i++) {
                other.raw(get("small"));
                assertThat(other.answer().bodyBytes()).isEqualTo(1);
            }
        }
    }

    @Test
    void requests_wait_until_earlier_answers_are_taken() throws IOException {
        try (HandHttpClient client = HandHttpClient.of(endpoint.address())) {
            client.raw(get("k").repeat(REQUESTS));
            letReadsHappen();
            for (int i = 0; i < REQUESTS; i++) {
                assertThat(client.answer().bodyBytes()).isEqualTo(VALUE_BYTES);
                copied.received(VALUE_BYTES);
            }
            client.raw(get("small"));
            assertThat(client.answer().bodyBytes()).isEqualTo(1);
        }
        assertThat(copied.mostHeldBytes()).isLessThan(MOST_HELD_BYTES);
    }

    @Test
    void large_answers_are_sent_in_full_to_a_client_that_has_closed_its_side() throws IOException {
        for (int requests : new int[] {1, 20}) {
            try (HandHttpClient client = HandHttpClient.of(endpoint.address())) {
                client.raw(get("k").repeat(requests));
                client.endInput();
                letReadsHappen();
                for (int i = 0; i < requests; i++) {
                    assertThat(client.answer().bodyBytes()).isEqualTo(VALUE_BYTES);
                    copied.received(VALUE_BYTES);
                }
                assertThat(client.isClosedByEndpoint()).isTrue();
            }
        }
    }

    @Test
    void a_large_last_answer_is_sent_in_full_when_the_client_closes_its_side_meanwhile() throws IOException {
        try (HandHttpClient client = HandHttpClient.of(endpoint.address())) {
            client.raw(get("k").repeat(9) + "GET /kv/k HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            letReadsHappen();
            client.endInput();
            for (int i = 0; i < 10; i++) {
                assertThat(client.answer().bodyBytes()).isEqualTo(VALUE_BYTES);
                copied.received(VALUE_BYTES);
            }
            assertThat(client.isClosedByEndpoint()).isTrue();
        }
    }

    @Test
    void a_refusal_comes_behind_answers_that_were_not_taken() throws IOException {
        try (HandHttpClient client = HandHttpClient.of(endpoint.address())) {
            client.raw(get("k").repeat(20) + "NONSENSE\r\n\r\n");
            letReadsHappen();
            for (int i = 0; i < 20; i++) {
                assertThat(client.answer().bodyBytes()).isEqualTo(VALUE_BYTES);
                copied.received(VALUE_BYTES);
            }
            assertThat(client.answer().bodyBytes()).isPositive();
            assertThat(client.isClosedByEndpoint()).isTrue();
        }
    }

    @Test
    void no_more_is_read_of_a_client_whose_bodies_fill_the_room_for_them() {
        HeldReads held = new HeldReads();
        Metrics metrics = new Metrics(group.leader());
        Routes routes = new Routes(held.of(group.leader()), ReadConsistency.LINEARIZABLE, metrics);
        EmbeddedChannel channel = new EmbeddedChannel(
                new HttpResponseEncoder(), connection(routes, metrics, new ArrivalDeadline(20_000, () -> false)));
        try {
            channel.writeInbound(request(HttpMethod.GET, "/kv/k", 0));
            channel.writeInbound(request(HttpMethod.PUT, "/kv/other", 600_000));
            assertThat(channel.config().isAutoRead()).as("below 1 MiB").isTrue();
            channel.writeInbound(request(HttpMethod.PUT, "/kv/other", 600_000));
            assertThat(channel.config().isAutoRead()).as("beyond 1 MiB").isFalse();
            held.letGo();
            Await.until("everything is answered", () -> {
                channel.runPendingTasks();
                return channel.config().isAutoRead();
            });
        } finally {
            channel.finishAndReleaseAll();
        }
    }

    @Test
    void what_was_not_read_meanwhile_has_all_its_time_afterwards() {
        Metrics metrics = new Metrics(group.leader());
        Routes routes = new Routes(group.leader(), ReadConsistency.LINEARIZABLE, metrics);
        ArrivalDeadline deadline = new ArrivalDeadline(20_000, () -> false);
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.freezeTime();
        channel.pipeline().addLast(deadline, new HttpResponseEncoder(), connection(routes, metrics, deadline));
        try {
            deadline.start();
            setWritable(channel, false);
            assertThat(channel.config().isAutoRead())
                    .as("while answers are not taken")
                    .isFalse();
            pass(channel, 15);
            setWritable(channel, true);
            pass(channel, 15);
            assertThat(channel.config().isAutoRead()).isTrue();
            assertThat(channel.isOpen()).as("15 s after it is read again").isTrue();
            pass(channel, 6);
            assertThat(channel.isOpen()).as("21 s after it is read again").isFalse();
        } finally {
            channel.finishAndReleaseAll();
        }
    }

    private static HttpConnection connection(Routes routes, Metrics metrics, ArrivalDeadline deadline) {
        ConnectionBytes requests = new ConnectionBytes(new ByteBudget(32L << 20), Long.MAX_VALUE);
        return new HttpConnection(
                routes, metrics, deadline, new RequestBytes(requests), requests, new ByteBudget(32L << 20));
    }

    private static void setWritable(EmbeddedChannel channel, boolean writable) {
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, writable);
        channel.runPendingTasks();
    }

    private static void pass(EmbeddedChannel channel, int seconds) {
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runPendingTasks();
    }

    private static FullHttpRequest request(HttpMethod method, String target, int bodyBytes) {
        return new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1, method, target, Unpooled.wrappedBuffer(new byte[bodyBytes]));
    }
}

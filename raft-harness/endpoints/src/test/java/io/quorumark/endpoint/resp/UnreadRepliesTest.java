package io.quorumark.endpoint.resp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.quorumark.endpoint.Await;
import io.quorumark.endpoint.ByteBudget;
import io.quorumark.endpoint.ConnectionBytes;
import io.quorumark.endpoint.CopiedValues;
import io.quorumark.endpoint.EndpointConfig;
import io.quorumark.endpoint.EndpointMemory;
import io.quorumark.endpoint.HeldReads;
import io.quorumark.endpoint.Slots;
import io.quorumark.endpoint.TestGroup;
import io.quorumark.raft.ReadConsistency;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the endpoint holds for one client that sends and does not read: on a group that has 256 KiB under {@code k}. */
class UnreadRepliesTest {
    private static final int VALUE_BYTES = 256 << 10;
    private static final int REQUESTS = 512;

    /** Replies in flight, one more that is being sent, and what the network holds of a connection. */
    private static final long MOST_HELD_BYTES = 40L << 20;

    @TempDir
    Path folder;

    private TestGroup group;
    private CopiedValues copied;
    private RespEndpoint endpoint;
    private String value;

    @BeforeEach
    void open() throws IOException {
        group = new TestGroup(folder, 1);
        value = "v".repeat(VALUE_BYTES);
        open(ReadConsistency.LINEARIZABLE);
        try (RespClient client = new RespClient(endpoint.address())) {
            assertThat(client.ask("SET", "k", value)).isEqualTo("+OK");
            assertThat(client.ask("SET", "small", "s")).isEqualTo("+OK");
        }
    }

    private void open(ReadConsistency reads) {
        copied = new CopiedValues();
        endpoint = RespEndpoint.open(
                copied.of(group.leader()), EndpointConfig.onLoopback(0).withReads(reads));
    }

    @AfterEach
    void close() {
        endpoint.close();
        group.close();
    }

    /** Reads behind others at the same member: those have had their time when these are answered. */
    private void letReadsHappen() throws IOException {
        try (RespClient other = new RespClient(endpoint.address())) {
            for (int i = 0; i < 50; i++) {
                assertThat(other.ask("GET", "small")).isEqualTo("$s");
            }
        }
    }

    private void takeValue(RespClient client) throws IOException {
        assertThat(client.read().equals("$" + value)).as("a whole value").isTrue();
        copied.received(VALUE_BYTES);
    }

    @ParameterizedTest
    @EnumSource(
            value = ReadConsistency.class,
            names = {"LINEARIZABLE", "LOCAL"})
    void reads_wait_until_earlier_replies_are_taken(ReadConsistency reads) throws IOException {
        endpoint.close();
        open(reads);
        try (RespClient client = new RespClient(endpoint.address())) {
            client.raw("GET k\r\n".repeat(REQUESTS));
            letReadsHappen();
            for (int i = 0; i < REQUESTS; i++) {
                takeValue(client);
            }
            assertThat(client.ask("PING")).isEqualTo("+PONG");
        }
        assertThat(copied.mostHeldBytes()).isLessThan(MOST_HELD_BYTES);
    }

    @Test
    void writes_that_give_back_a_value_wait_as_well() throws IOException {
        int requests = 40;
        byte[] large = new byte[4_000_000];
        Arrays.fill(large, (byte) 'v');
        try (RespClient client = new RespClient(endpoint.address())) {
            for (int i = 0; i < requests; i++) {
                client.send(bytes("SET"), bytes("k" + i), large);
                assertThat(client.read()).isEqualTo("+OK");
            }
            long before = group.leader().lastAppliedIndex();
            StringBuilder deletions = new StringBuilder();
            for (int i = 0; i < requests; i++) {
                deletions.append("GETDEL k").append(i).append("\r\n");
            }
            client.raw(deletions.toString());
            int others = 20;
            try (RespClient other = new RespClient(endpoint.address())) {
                for (int i = 0; i < others; i++) {
                    assertThat(other.ask("SET", "small", "s")).isEqualTo("+OK");
                }
            }
            assertThat(group.leader().lastAppliedIndex() - before - others)
                    .as("deleted before the first reply is read")
                    .isLessThan(MOST_HELD_BYTES / large.length);
            for (int i = 0; i < requests; i++) {
                assertThat(client.read()).hasSize("$".length() + large.length);
            }
            assertThat(client.ask("EXISTS", "k0", "k" + (requests - 1))).isEqualTo(":0");
        }
    }

    @Test
    void replies_of_all_sizes_come_in_order_until_the_input_ends() throws IOException {
        String[] many = new String[81];
        Arrays.fill(many, "k");
        many[0] = "MGET";
        String manyValues = "[" + String.join(", ", Collections.nCopies(80, "$" + value)) + "]";
        try (RespClient client = new RespClient(endpoint.address())) {
            for (int i = 0; i < 5; i++) {
                client.send("ECHO", "n" + i);
                client.send("GET", "k");
                client.send(many);
                client.send("SET", "small", "s" + i, "GET");
                client.send("GET", "small");
            }
            client.endInput();
            for (int i = 0; i < 5; i++) {
                assertThat(client.read()).isEqualTo("$n" + i);
                takeValue(client);
                assertThat(client.read().equals(manyValues)).as("20 MiB").isTrue();
                assertThat(client.read()).isEqualTo(i == 0 ? "$s" : "$s" + (i - 1));
                assertThat(client.read()).isEqualTo("$s" + i);
            }
            assertThat(client.isClosedByEndpoint()).isTrue();
        }
    }

    @Test
    void no_more_is_read_of_a_client_whose_requests_fill_the_room_for_them() {
        HeldReads held = new HeldReads();
        RespStatistics statistics = new RespStatistics();
        RespCommands commands = new RespCommands(held.of(group.leader()), EndpointConfig.onLoopback(0), statistics);
        EndpointMemory memory = new EndpointMemory(new ByteBudget(32L << 20), new ByteBudget(32L << 20), new Slots(1));
        EmbeddedChannel channel = new EmbeddedChannel(new RespConnection(
                commands,
                statistics,
                new Warnings(),
                new ClientState(true),
                new ConnectionBytes(memory.requests(), Long.MAX_VALUE),
                memory));
        try {
            channel.writeInbound(new RequestDecoder.Words(List.of(bytes("GET"), bytes("k")), false));
            List<byte[]> echo = List.of(bytes("ECHO"), new byte[1 << 20]);
            for (int i = 0; i < 15; i++) {
                channel.writeInbound(new RequestDecoder.Words(echo, false));
            }
            assertThat(channel.config().isAutoRead()).as("below 16 MiB").isTrue();
            channel.writeInbound(new RequestDecoder.Words(echo, false));
            assertThat(channel.config().isAutoRead()).as("beyond 16 MiB").isFalse();
            held.letGo();
            Await.until("everything is answered", () -> {
                channel.runPendingTasks();
                boolean unused = channel.releaseOutbound();
                return channel.config().isAutoRead();
            });
        } finally {
            channel.finishAndReleaseAll();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

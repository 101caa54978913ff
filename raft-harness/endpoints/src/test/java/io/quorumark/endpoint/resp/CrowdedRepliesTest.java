package io.quorumark.endpoint.resp;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.endpoint.Await;
import io.quorumark.endpoint.ByteBudget;
import io.quorumark.endpoint.ConnectionBytes;
import io.quorumark.endpoint.EndpointConfig;
import io.quorumark.endpoint.EndpointMemory;
import io.quorumark.endpoint.Slots;
import io.quorumark.endpoint.TestGroup;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that do not read their replies, so many that there is no room for more: on a group that has 1 MiB under {@code k}. */
class CrowdedRepliesTest {
    private static final int VALUE_BYTES = 1 << 20;

    @TempDir
    Path folder;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String[] often(int times) {
        String[] words = new String[times + 1];
        Arrays.fill(words, "k");
        words[0] = "MGET";
        return words;
    }

    private static void store(RespClient client) throws IOException {
        client.send(bytes("SET"), bytes("k"), new byte[VALUE_BYTES]);
        assertThat(client.read()).isEqualTo("+OK");
        assertThat(client.ask("SET", "small", "s")).isEqualTo("+OK");
    }

    private void open(EndpointMemory memory, Use use) throws IOException {
        try (TestGroup group = new TestGroup(folder, 1);
                RespEndpoint endpoint = RespEndpoint.open(
                        group.leader(), EndpointConfig.onLoopback(0).withMemory(memory))) {
            use.with(group, endpoint);
            Await.until(
                    "nothing is held for who is gone",
                    () -> memory.replies().heldBytes()
                                    + memory.requests().heldBytes()
                                    + memory.returningWrites().taken()
                            == 0);
        }
    }

    private interface Use {
        void with(TestGroup group, RespEndpoint endpoint) throws IOException;
    }

    @Test
    void others_are_answered_and_the_rest_of_the_crowd_is_told_to_try_again() throws IOException {
        int values = 20;
        // one connection fills it to the last byte
        ByteBudget replies = new ByteBudget(
                Reply.OBJECT_BYTES + values * (Reply.OBJECT_BYTES + VALUE_BYTES) - ConnectionBytes.FREE_BYTES);
        open(new EndpointMemory(new ByteBudget(24L << 20), replies, new Slots(4)), (group, endpoint) -> {
            try (RespClient other = new RespClient(endpoint.address());
                    RespClient slow = RespClient.slow(endpoint.address())) {
                store(other);
                slow.send(often(values));
                Await.until("its reply is held", () -> replies.heldBytes() == replies.maxBytes());
                slow.send("ECHO", "behind it");
                long appliedIndex = group.leader().lastAppliedIndex();

                assertThat(other.ask(often(2)))
                        .isEqualTo("-TRYAGAIN there is no room for a reply of " + 2 * VALUE_BYTES
                                + " bytes now: clients have not taken theirs; nothing happened, try again");
                assertThat(other.ask("ECHO", "e".repeat(2 * VALUE_BYTES))).startsWith("-TRYAGAIN ");
                assertThat(other.ask("GETDEL", "k")).startsWith("-TRYAGAIN ");
                assertThat(group.leader().lastAppliedIndex()).isEqualTo(appliedIndex);
                assertThat(other.ask("GET", "small")).isEqualTo("$s");
                assertThat(other.ask("SET", "small", "t", "XX")).isEqualTo("+OK");
                assertThat(other.ask("DBSIZE")).isEqualTo(":2");
                assertThat(other.ask("ECHO", "e".repeat(4000))).hasSize(4001);

                assertThat(slow.read())
                        .hasSize("[]".length() + values * (VALUE_BYTES + "$, ".length()) - ", ".length());
                assertThat(slow.read()).isEqualTo("$behind it");
                Await.until("its reply is not held any more", () -> replies.heldBytes() == 0);
                assertThat(other.ask(often(2))).hasSize("[$, $]".length() + 2 * VALUE_BYTES);
                assertThat(other.ask("GETSET", "k", "new")).hasSize("$".length() + VALUE_BYTES);
            }
            try (RespClient gone = RespClient.slow(endpoint.address())) {
                gone.send("SET", "k", "v".repeat(VALUE_BYTES));
                gone.send(often(values));
                Await.until("its reply is held", () -> replies.heldBytes() > 0);
            }
        });
    }

    @Test
    void writes_that_give_back_a_value_take_turns_and_all_are_done() throws IOException {
        int clients = 12;
        int each = 40;
        open(
                new EndpointMemory(new ByteBudget(24L << 20), new ByteBudget(24L << 20), new Slots(2)),
                (group, endpoint) -> {
                    List<RespClient> crowd = new ArrayList<>();
                    try (RespClient gone = new RespClient(endpoint.address())) {
                        for (int i = 0; i < clients; i++) {
                            crowd.add(new RespClient(endpoint.address()));
                        }
                        for (int i = 0; i < each; i++) {
                            for (RespClient one : crowd) {
                                one.send("GETSET", "k" + i % 3, "v" + i);
                                one.send("SET", "other", "x", "GET");
                            }
                            gone.send("GETDEL", "k");
                        }
                    }
                    for (RespClient one : crowd) {
                        for (int i = 0; i < each; i++) {
                            assertThat(one.read()).startsWith("$");
                            assertThat(one.read()).isIn("$nil", "$x");
                        }
                        assertThat(one.ask("PING")).isEqualTo("+PONG");
                        one.close();
                    }
                });
    }

    /** More than the heap has, with eight of them. */
    @Test
    void a_member_with_a_small_heap_lives_on() throws Exception {
        Process member = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MemberOfItsOwn.class.getName(),
                        folder.resolve("own").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<RespClient> crowd = new ArrayList<>();
        try (BufferedReader said = member.inputReader(StandardCharsets.US_ASCII)) {
            InetSocketAddress address =
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(said.readLine()));
            try (RespClient other = new RespClient(address)) {
                store(other);
                for (int i = 0; i < 9; i++) {
                    crowd.add(RespClient.slow(address));
                }
                for (RespClient one : crowd) {
                    one.send(often(8));
                }
                for (int i = 0; i < 200; i++) {
                    assertThat(other.ask("GET", "small")).isEqualTo("$s");
                }
                int whole = 0;
                for (RespClient one : crowd) {
                    String reply = one.read();
                    if (!reply.startsWith("-TRYAGAIN ")) {
                        assertThat(reply).hasSize("[]".length() + 8 * (VALUE_BYTES + "$, ".length()) - ", ".length());
                        whole++;
                    }
                }
                assertThat(whole).as("replies that found room").isPositive();
                assertThat(other.ask(often(7))).startsWith("[$");
            }
        } finally {
            for (RespClient one : crowd) {
                one.close();
            }
            member.destroyForcibly().waitFor();
        }
    }
}

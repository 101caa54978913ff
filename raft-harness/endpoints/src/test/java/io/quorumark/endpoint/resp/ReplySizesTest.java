package io.quorumark.endpoint.resp;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.endpoint.CopiedValues;
import io.quorumark.endpoint.EndpointConfig;
import io.quorumark.endpoint.Records;
import io.quorumark.endpoint.TestGroup;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How large one reply may get, and what is copied for it: on a group that has 1 MiB under {@code k}. */
class ReplySizesTest {
    private static final int VALUE_BYTES = 1 << 20;

    @TempDir
    static Path folder;

    private static TestGroup group;
    private static CopiedValues copied;
    private static RespEndpoint endpoint;

    @BeforeAll
    static void open() throws IOException {
        group = new TestGroup(folder, 1);
        copied = new CopiedValues();
        endpoint = RespEndpoint.open(copied.of(group.leader()), EndpointConfig.onLoopback(0));
        try (RespClient client = new RespClient(endpoint.address())) {
            client.send(bytes("SET"), bytes("k"), new byte[VALUE_BYTES]);
            assertThat(client.read()).isEqualTo("+OK");
        }
    }

    @AfterAll
    static void close() {
        endpoint.close();
        group.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String[] often(String command, int times) {
        String[] words = new String[times + 1];
        Arrays.fill(words, "k");
        words[0] = command;
        return words;
    }

    @Test
    void values_beyond_the_limit_are_refused_and_the_connection_goes_on() throws IOException {
        long before = copied.copiedBytes();
        try (RespClient client = new RespClient(endpoint.address())) {
            client.send(often("MGET", 2000));
            assertThat(client.read())
                    .isEqualTo("-ERR the reply would be larger than " + Records.MAX_REPLY_BYTES
                            + " bytes: the values of the 2000 keys have"
                            + " 2097152000 together; ask for fewer keys");
            assertThat(client.ask("PING")).isEqualTo("+PONG");
        }
        assertThat(copied.copiedBytes() - before).isLessThanOrEqualTo(Records.MAX_REPLY_BYTES);
    }

    @Test
    void values_up_to_the_limit_are_a_reply() throws IOException {
        int values = (int) (Records.MAX_REPLY_BYTES / VALUE_BYTES);
        try (RespClient client = new RespClient(endpoint.address())) {
            client.send(often("MGET", values));
            assertThat(client.read()).hasSize("[]".length() + values * (VALUE_BYTES + "$, ".length()) - ", ".length());
            client.send(often("MGET", values + 1));
            assertThat(client.read()).startsWith("-ERR the reply would be larger than ");
        }
    }

    @Test
    void one_reply_does_not_fill_a_small_heap() throws Exception {
        Process member = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MemberOfItsOwn.class.getName(),
                        folder.resolve("own").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = member.inputReader(StandardCharsets.US_ASCII)) {
            int port = Integer.parseInt(said.readLine());
            try (RespClient client = new RespClient(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
                client.send(bytes("SET"), bytes("k"), new byte[VALUE_BYTES]);
                assertThat(client.read()).isEqualTo("+OK");
                client.send(often("MGET", 60));
                assertThat(client.read()).startsWith("-ERR the reply would be larger than ");
                client.send(often("MGET", 6));
                assertThat(client.read()).startsWith("[$");
            }
        } finally {
            member.destroyForcibly().waitFor();
        }
    }

    @Test
    void no_value_is_copied_to_be_counted_or_measured() throws IOException {
        long before = copied.copiedBytes();
        try (RespClient client = new RespClient(endpoint.address())) {
            client.send(often("EXISTS", 2000));
            assertThat(client.read()).isEqualTo(":2000");
            assertThat(client.ask("EXISTS", "k", "none")).isEqualTo(":1");
            assertThat(client.ask("STRLEN", "k")).isEqualTo(":" + VALUE_BYTES);
            assertThat(client.ask("STRLEN", "none")).isEqualTo(":0");
            assertThat(client.ask("SET", "empty", "")).isEqualTo("+OK");
            assertThat(client.ask("EXISTS", "empty")).isEqualTo(":1");
        }
        assertThat(copied.copiedBytes()).isEqualTo(before);
    }
}

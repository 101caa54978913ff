package io.quorumark.endpoint.resp;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.endpoint.EndpointConfig;
import io.quorumark.endpoint.TestGroup;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every command that takes a number, at the edges of {@code long}. The answers are those of Redis 7.0.15, asked the same. */
class NumbersAtTheEdgesTest {
    private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

    private static final List<String> NUMBERS = List.of(
            "0",
            "1",
            "-1",
            "2147483648",
            "9223372036854775806",
            "9223372036854775807",
            "-9223372036854775807",
            "-9223372036854775808");

    private static final List<String> NO_NUMBERS = List.of(
            "",
            "-",
            "-0",
            "+0",
            "+1",
            "00",
            "01",
            " 1",
            "1 ",
            "1.0",
            "1e3",
            "0x10",
            "abc",
            "--1",
            "1\0",
            "\0",
            "9223372036854775808",
            "-9223372036854775809",
            "18446744073709551615",
            "18446744073709551616",
            "99999999999999999999999");

    @TempDir
    static Path folder;

    private static TestGroup group;
    private static RespEndpoint endpoint;
    private static RespClient client;

    @BeforeAll
    static void open() throws IOException {
        group = new TestGroup(folder, 1);
        endpoint = RespEndpoint.open(group.leader(), EndpointConfig.onLoopback(0));
        client = new RespClient(endpoint.address());
    }

    @AfterAll
    static void close() throws IOException {
        client.close();
        endpoint.close();
        group.close();
    }

    @Test
    void sums_are_exact_or_refused_and_refused_ones_change_nothing() throws IOException {
        for (String stored : NUMBERS) {
            for (String by : NUMBERS) {
                assertSum(stored, by, "INCRBY");
                assertSum(stored, by, "DECRBY");
            }
            assertSum(stored, "1", "INCR");
            assertSum(stored, "1", "DECR");
        }
    }

    private static void assertSum(String stored, String by, String command) throws IOException {
        client.ask("SET", "n", stored);
        boolean negated = command.startsWith("DECR");
        BigInteger delta = negated ? new BigInteger(by).negate() : new BigInteger(by);
        BigInteger sum = new BigInteger(stored).add(delta);
        boolean fits = sum.compareTo(LEAST) >= 0 && sum.compareTo(MOST) <= 0;
        String expected;
        if (delta.compareTo(MOST) > 0) {
            expected = "-ERR decrement would overflow";
        } else {
            expected = fits ? ":" + sum : "-ERR increment or decrement would overflow";
        }
        String[] request = command.endsWith("BY") ? new String[] {command, "n", by} : new String[] {command, "n"};
        assertThat(client.ask(request)).as("%s %s of %s", command, by, stored).isEqualTo(expected);
        assertThat(client.ask("GET", "n")).isEqualTo("$" + (expected.startsWith(":") ? sum : stored));
    }

    @Test
    void what_is_no_number_is_refused_as_value_and_as_argument() throws IOException {
        String refusal = "-ERR value is not an integer or out of range";
        for (String text : NO_NUMBERS) {
            client.ask("SET", "n", text);
            for (String[] request : List.of(
                    new String[] {"INCR", "n"},
                    new String[] {"DECR", "n"},
                    new String[] {"INCRBY", "n", "1"},
                    new String[] {"DECRBY", "n", "-1"},
                    new String[] {"INCRBY", "other", text},
                    new String[] {"DECRBY", "other", text},
                    new String[] {"SCAN", "0", "COUNT", text},
                    new String[] {"SELECT", text})) {
                assertThat(client.ask(request))
                        .as("'%s' in %s", text, String.join(" ", request))
                        .isEqualTo(refusal);
            }
            assertThat(client.ask("GET", "n")).isEqualTo("$" + text);
            assertThat(client.ask("HELLO", text)).isEqualTo("-ERR Protocol version is not an integer or out of range");
        }
        assertThat(client.ask("EXISTS", "other")).isEqualTo(":0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        SCAN 0 COUNT 0                     | -ERR syntax error
        SCAN 0 COUNT -1                    | -ERR syntax error
        SCAN 0 COUNT -9223372036854775808  | -ERR syntax error
        SCAN 0 COUNT                       | -ERR syntax error
        SCAN 0 NONE 1                      | -ERR syntax error
        SELECT 0                           | +OK
        SELECT 1                           | -ERR DB index is out of range: there is database 0 only
        SELECT -1                          | -ERR DB index is out of range: there is database 0 only
        SELECT 2147483647                  | -ERR DB index is out of range: there is database 0 only
        SELECT 2147483648                  | -ERR value is out of range, value must between -2147483648 and 2147483647
        SELECT -9223372036854775808        | -ERR value is out of range, value must between -2147483648 and 2147483647
        HELLO 1                            | -NOPROTO unsupported protocol version, expected 2 or 3
        HELLO 9223372036854775807          | -NOPROTO unsupported protocol version, expected 2 or 3
        HELLO 2 NONE                       | -ERR Syntax error in HELLO option 'NONE'
        SET n 1 EX 9223372036854775807     | -ERR SET option 'EX' is not supported: NX, XX and GET are; values do not expire here
        SET n 1 PX 0                       | -ERR SET option 'PX' is not supported: NX, XX and GET are; values do not expire here
        """)
    void other_commands_answer_and_the_connection_goes_on(String request, String answer) throws IOException {
        assertThat(client.ask(request.split(" "))).isEqualTo(answer);
        assertThat(client.ask("PING")).isEqualTo("+PONG");
    }

    @Test
    void cursors_that_no_scan_gave_out_are_refused() throws IOException {
        for (String cursor : List.of("-1", "x", "", "9223372036854775807", "18446744073709551616")) {
            assertThat(client.ask("SCAN", cursor)).startsWith("-ERR invalid cursor '" + cursor + "', expected 0");
        }
        assertThat(client.ask("PING")).isEqualTo("+PONG");
    }

    @Test
    void a_count_beyond_all_keys_is_a_hint_as_well() throws IOException {
        for (String count : List.of("2147483648", "9223372036854775807")) {
            assertThat(client.ask("SCAN", "0", "COUNT", count)).startsWith("[$0, [");
        }
    }

    @Test
    void keys_that_no_record_can_have_are_refused_by_every_command() throws IOException {
        String tooLong = "k".repeat(512);
        List<String[]> requests = new ArrayList<>();
        for (String command : List.of("GET", "STRLEN", "EXISTS", "MGET", "DEL", "UNLINK", "INCR", "DECR", "GETDEL")) {
            requests.add(new String[] {command, tooLong});
        }
        for (String command : List.of("SET", "SETNX", "GETSET", "MSET", "MSETNX", "INCRBY", "DECRBY")) {
            requests.add(new String[] {command, tooLong, "1"});
        }
        for (String[] request : requests) {
            assertThat(client.ask(request)).as(request[0]).isEqualTo("-ERR key has 512 bytes, expected 1 to 511");
            request[1] = "";
            assertThat(client.ask(request)).as(request[0]).isEqualTo("-ERR key has 0 bytes, expected 1 to 511");
        }
    }

    @Test
    void names_of_clients_are_printable_and_a_refused_greeting_changes_nothing() throws IOException {
        String refusal = "-ERR Client names cannot contain spaces, newlines or special characters.";
        assertThat(client.ask("CLIENT", "SETNAME", "me")).isEqualTo("+OK");
        for (String name : List.of("a b", "a\n", "\0", "caf\u00e9")) {
            assertThat(client.ask("CLIENT", "SETNAME", name)).isEqualTo(refusal);
            assertThat(client.ask("HELLO", "2", "SETNAME", name)).isEqualTo(refusal);
        }
        assertThat(client.ask("HELLO", "4", "SETNAME", "you")).startsWith("-NOPROTO");
        assertThat(client.ask("HELLO", "3", "SETNAME", "you", "NONE")).startsWith("-ERR Syntax error");
        assertThat(client.ask("CLIENT", "GETNAME")).isEqualTo("$me");
        assertThat(client.ask("GET", "nothing")).as("still version 2").isEqualTo("$nil");
        assertThat(client.ask("CLIENT", "SETNAME", "")).isEqualTo("+OK");
        assertThat(client.ask("CLIENT", "GETNAME")).isEqualTo("$nil");
        assertThat(client.ask("CLIENT", "NONE")).isEqualTo("-ERR unknown subcommand 'NONE' of CLIENT");
        assertThat(client.ask("CLIENT", "GETNAME", "x"))
                .isEqualTo("-ERR wrong number of arguments for 'client|getname' command");
    }
}

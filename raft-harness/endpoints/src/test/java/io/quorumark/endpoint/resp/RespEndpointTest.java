package io.quorumark.endpoint.resp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.endpoint.Await;
import io.quorumark.endpoint.EndpointConfig;
import io.quorumark.endpoint.EndpointException;
import io.quorumark.endpoint.TestGroup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The endpoint's answers, byte by byte, on one group of three, which is emptied before each test. */
class RespEndpointTest {
    @TempDir
    static Path shared;

    private static TestGroup group;
    private static RespEndpoint endpoint;

    @TempDir
    Path folder;

    private RespClient client;

    @BeforeAll
    static void open() {
        group = new TestGroup(shared, 3);
        endpoint = RespEndpoint.open(group.leader(), EndpointConfig.onLoopback(0));
    }

    @AfterAll
    static void close() {
        endpoint.close();
        group.close();
    }

    @BeforeEach
    void connectAndEmpty() throws IOException {
        client = new RespClient(endpoint.address());
        for (String key : scan("COUNT", "1000")) {
            client.ask("DEL", key.substring(1));
        }
    }

    @AfterEach
    void disconnect() throws IOException {
        client.close();
    }

    @Test
    void records_are_set_read_counted_and_deleted() throws IOException {
        assertThat(client.ask("GET", "a")).isEqualTo("$nil");
        assertThat(client.ask("SET", "a", "1")).isEqualTo("+OK");
        assertThat(client.ask("get", "a")).isEqualTo("$1");
        assertThat(client.ask("STRLEN", "a")).isEqualTo(":1");
        assertThat(client.ask("MSET", "b", "2", "c", "3")).isEqualTo("+OK");
        assertThat(client.ask("MGET", "a", "nothing", "c")).isEqualTo("[$1, $nil, $3]");
        assertThat(client.ask("EXISTS", "a", "b", "nothing")).isEqualTo(":2");
        assertThat(client.ask("DBSIZE")).isEqualTo(":3");
        assertThat(client.ask("DEL", "a", "nothing", "b")).isEqualTo(":2");
        assertThat(client.ask("DEL", "a")).isEqualTo(":0");
        assertThat(client.ask("DBSIZE")).isEqualTo(":1");
    }

    @Test
    void conditions_hold_or_nothing_happens() throws IOException {
        assertThat(client.ask("SET", "k", "first", "XX")).isEqualTo("$nil");
        assertThat(client.ask("SET", "k", "first", "NX")).isEqualTo("+OK");
        assertThat(client.ask("SET", "k", "second", "nx")).isEqualTo("$nil");
        assertThat(client.ask("SETNX", "k", "second")).isEqualTo(":0");
        assertThat(client.ask("SET", "k", "third", "XX")).isEqualTo("+OK");
        assertThat(client.ask("GET", "k")).isEqualTo("$third");
        assertThat(client.ask("SET", "k", "v", "EX", "10"))
                .isEqualTo("-ERR SET option 'EX' is not supported: NX, XX and GET are; values do not expire here");
        assertThat(client.ask("SET", "k", "v", "NX", "XX")).isEqualTo("-ERR syntax error");
        assertThat(client.ask("SET", "k", "v", "UNHEARD-OF")).isEqualTo("-ERR syntax error");
    }

    @Test
    void what_was_there_before_is_given_back() throws IOException {
        assertThat(client.ask("GETSET", "k", "1")).isEqualTo("$nil");
        assertThat(client.ask("GETSET", "k", "2")).isEqualTo("$1");
        assertThat(client.ask("SET", "k", "3", "GET")).isEqualTo("$2");
        assertThat(client.ask("SET", "k", "4", "NX", "GET")).isEqualTo("$3");
        assertThat(client.ask("SET", "k", "4", "GET", "XX")).isEqualTo("$3");
        assertThat(client.ask("SET", "other", "4", "XX", "GET")).isEqualTo("$nil");
        assertThat(client.ask("EXISTS", "other")).isEqualTo(":0");
        assertThat(client.ask("GETDEL", "k")).isEqualTo("$4");
        assertThat(client.ask("GETDEL", "k")).isEqualTo("$nil");
        assertThat(client.ask("MSETNX", "a", "1", "b", "2")).isEqualTo(":1");
        assertThat(client.ask("MSETNX", "c", "1", "b", "3")).isEqualTo(":0");
        assertThat(client.ask("MGET", "a", "b", "c")).isEqualTo("[$1, $2, $nil]");
        assertThat(client.ask("DEL", "a", "a", "b")).isEqualTo(":2");
    }

    @Test
    void every_write_is_one_log_entry() throws IOException {
        LogEnd before = logEnd();
        client.ask("SET", "n", "0");
        assertEntries(before, 1, "SET n 0");
        List<String[]> writes = List.of(
                new String[] {"INCR", "n"},
                new String[] {"DECRBY", "n", "5"},
                new String[] {"SETNX", "n", "1"},
                new String[] {"SET", "n", "1", "XX"},
                new String[] {"GETSET", "n", "7"},
                new String[] {"MSET", "a", "1", "b", "2", "c", "3"},
                new String[] {"MSETNX", "a", "1", "d", "2"},
                new String[] {"GETDEL", "n"},
                new String[] {"DEL", "a", "b", "c"});
        for (String[] write : writes) {
            before = logEnd();
            assertThat(client.ask(write)).doesNotStartWith("-");
            assertEntries(before, 1, String.join(" ", write));
        }
    }

    /** Where the leader's log ends, and in which term. */
    private record LogEnd(long index, long term) {}

    /** A leader may answer before its own log has what the others' logs have. */
    private LogEnd logEnd() {
        Await.until(
                "the leader's log has what it has applied",
                () -> group.leader().logBounds().lastIndex() >= group.leader().lastAppliedIndex());
        return new LogEnd(group.leader().logBounds().lastIndex(), group.leader().term());
    }

    /** A leader begins each of its terms with an entry of its own. */
    private void assertEntries(LogEnd before, long entries, String of) {
        Await.until(of + " is in the leader's log", () -> logEnd().index >= before.index + entries);
        LogEnd after = logEnd();
        assertThat(after.index - before.index).as(of).isBetween(entries, entries + after.term - before.term);
    }

    @Test
    void increments_of_one_key_by_many_clients_are_one_log_entry_each() throws IOException {
        int clients = 20;
        int each = 50;
        LogEnd before = logEnd();
        List<RespClient> all = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            all.add(new RespClient(endpoint.address()));
        }
        for (int i = 0; i < each; i++) {
            for (RespClient one : all) {
                one.send("INCR", "hot");
            }
        }
        for (RespClient one : all) {
            for (int i = 0; i < each; i++) {
                assertThat(one.read()).startsWith(":");
            }
            one.close();
        }
        assertThat(client.ask("GET", "hot")).isEqualTo("$" + clients * each);
        assertEntries(before, (long) clients * each, "INCR hot");
    }

    @Test
    void counters_count() throws IOException {
        assertThat(client.ask("INCR", "n")).isEqualTo(":1");
        assertThat(client.ask("INCRBY", "n", "41")).isEqualTo(":42");
        assertThat(client.ask("DECR", "n")).isEqualTo(":41");
        assertThat(client.ask("DECRBY", "n", "50")).isEqualTo(":-9");
        assertThat(client.ask("GET", "n")).isEqualTo("$-9");
        client.ask("SET", "n", "not a number");
        assertThat(client.ask("INCR", "n")).isEqualTo("-ERR value is not an integer or out of range");
        client.ask("SET", "n", Long.toString(Long.MAX_VALUE));
        assertThat(client.ask("INCR", "n")).isEqualTo("-ERR increment or decrement would overflow");
    }

    @Test
    void counters_of_many_clients_and_endpoints_lose_nothing() throws IOException {
        int each = 60;
        client.ask("SET", "shared", "1234567890000");
        try (RespEndpoint other = RespEndpoint.open(group.aFollower(), EndpointConfig.onLoopback(0))) {
            List<RespClient> clients = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                clients.add(new RespClient(i % 2 == 0 ? endpoint.address() : other.address()));
            }
            for (int i = 0; i < each; i++) {
                for (RespClient one : clients) {
                    one.send("INCR", "shared");
                }
            }
            Set<String> seen = new TreeSet<>();
            for (RespClient one : clients) {
                for (int i = 0; i < each; i++) {
                    seen.add(one.read());
                }
                one.close();
            }
            assertThat(seen).hasSize(4 * each).allMatch(answer -> answer.startsWith(":"));
            assertThat(client.ask("GET", "shared")).isEqualTo("$" + (1234567890000L + 4L * each));
        }
    }

    @Test
    void a_pipeline_is_answered_in_order_and_sees_its_own_writes() throws IOException {
        int requests = 400;
        for (int i = 0; i < requests; i++) {
            client.send("SET", "key" + i % 7, "value" + i);
            client.send("GET", "key" + i % 7);
            client.send("PING", Integer.toString(i));
        }
        for (int i = 0; i < requests; i++) {
            assertThat(client.read()).isEqualTo("+OK");
            assertThat(client.read()).isEqualTo("$value" + i);
            assertThat(client.read()).isEqualTo("$" + i);
        }
    }

    @Test
    void the_endpoint_of_a_follower_writes_and_reads_as_well() throws IOException {
        try (RespEndpoint other = RespEndpoint.open(group.aFollower(), EndpointConfig.onLoopback(0));
                RespClient there = new RespClient(other.address())) {
            assertThat(there.ask("SET", "a", "from a follower")).isEqualTo("+OK");
            assertThat(client.ask("GET", "a")).isEqualTo("$from a follower");
            client.ask("SET", "a", "from the leader");
            assertThat(there.ask("GET", "a")).isEqualTo("$from the leader");
        }
    }

    @Test
    void keys_and_values_are_any_bytes() throws IOException {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        client.send("SET".getBytes(StandardCharsets.US_ASCII), all, all);
        assertThat(client.read()).isEqualTo("+OK");
        client.send("GET".getBytes(StandardCharsets.US_ASCII), all);
        assertThat(client.read()).isEqualTo("$" + new String(all, StandardCharsets.ISO_8859_1));
        assertThat(client.ask("SET", "empty", "")).isEqualTo("+OK");
        assertThat(client.ask("GET", "empty")).isEqualTo("$");
    }

    @Test
    void a_scan_finds_every_key_once() throws IOException {
        for (int i = 0; i < 300; i++) {
            client.send("SET", String.format(Locale.ROOT, "%s:%03d", i % 3 == 0 ? "user" : "item", i), "v");
        }
        for (int i = 0; i < 300; i++) {
            client.read();
        }
        assertThat(scan("COUNT", "7")).hasSize(300);
        assertThat(scan("MATCH", "user:*", "COUNT", "16")).hasSize(100).allMatch(key -> key.startsWith("$user:"));
        assertThat(scan("MATCH", "user:0[0-2]?")).hasSize(10);
        assertThat(scan("MATCH", "*:29[^0-8]")).containsExactly("$item:299");
        assertThat(scan("MATCH", "?".repeat(2000), "MATCH", "none", "MATCH", "*:29[^0-8]"))
                .as("the last pattern counts, and no other is looked at")
                .containsExactly("$item:299");
        assertThat(client.ask("SCAN", "987654")).startsWith("-ERR invalid cursor '987654'");
        assertThat(client.ask("SCAN", "0", "COUNT", "0")).isEqualTo("-ERR syntax error");
        assertThat(client.ask("SCAN", "0", "TYPE", "string")).startsWith("-ERR SCAN option 'TYPE'");
    }

    @Test
    void a_pattern_that_costs_much_ends_a_call_early() throws IOException {
        for (int i = 100; i < 300; i++) {
            client.send("SET", i + "a".repeat(508), "v");
        }
        for (int i = 100; i < 300; i++) {
            client.read();
        }
        String costly = "*" + "a".repeat(250) + "b";
        assertThat(client.ask("SCAN", "0", "MATCH", costly, "COUNT", "10000")).matches("\\[\\$[1-9][0-9]*, \\[\\]\\]");
        assertThat(scan("MATCH", costly, "COUNT", "10000")).isEmpty();
        assertThat(scan("MATCH", "*" + "a".repeat(250), "COUNT", "10000")).hasSize(200);
        assertThat(client.ask("SCAN", "0", "MATCH", "*[" + "x".repeat(1 << 20)))
                .isEqualTo("-ERR pattern has 1048578 bytes, expected at most 1024");
    }

    private List<String> scan(String... options) throws IOException {
        List<String> found = new ArrayList<>();
        String cursor = "0";
        do {
            List<String> request = new ArrayList<>(List.of("SCAN", cursor));
            request.addAll(List.of(options));
            String reply = client.ask(request.toArray(String[]::new));
            assertThat(reply).startsWith("[");
            cursor = reply.substring(2, reply.indexOf(','));
            String keys = reply.substring(reply.indexOf('[', 1) + 1, reply.length() - 2);
            if (!keys.isEmpty()) {
                found.addAll(List.of(keys.split(", ")));
            }
        } while (!cursor.equals("0"));
        assertThat(found).doesNotHaveDuplicates();
        return found;
    }

    @Test
    void a_client_may_choose_version_three() throws IOException {
        assertThat(client.ask("HELLO", "3"))
                .startsWith("%[$server, $quorumark, $version")
                .contains("$proto, :3");
        assertThat(client.ask("GET", "nothing")).isEqualTo("_");
        assertThat(client.ask("CONFIG", "GET", "save", "appendonly")).isEqualTo("%[$save, $, $appendonly, $no]");
        assertThat(client.ask("HELLO", "2")).startsWith("[$server");
        assertThat(client.ask("GET", "nothing")).isEqualTo("$nil");
        assertThat(client.ask("HELLO", "4")).startsWith("-NOPROTO");
    }

    @Test
    void a_reply_has_the_version_that_was_chosen_when_its_request_began() throws IOException {
        String map = "CONFIG GET save\r\n";
        client.raw(map + "HELLO 3\r\n" + map + "HELLO 2\r\n" + map);
        assertThat(client.read()).isEqualTo("[$save, $]");
        assertThat(client.read()).startsWith("%[$server");
        assertThat(client.read()).isEqualTo("%[$save, $]");
        assertThat(client.read()).startsWith("[$server");
        assertThat(client.read()).isEqualTo("[$save, $]");
    }

    @Test
    void what_clients_ask_of_a_server_is_answered() throws IOException {
        assertThat(client.ask("PING")).isEqualTo("+PONG");
        assertThat(client.ask("ECHO", "x")).isEqualTo("$x");
        assertThat(client.ask("SELECT", "0")).isEqualTo("+OK");
        assertThat(client.ask("SELECT", "1")).startsWith("-ERR DB index is out of range");
        assertThat(client.ask("CLIENT", "SETNAME", "me")).isEqualTo("+OK");
        assertThat(client.ask("CLIENT", "GETNAME")).isEqualTo("$me");
        assertThat(client.ask("CLIENT", "ID")).matches(":[0-9]+");
        assertThat(client.ask("CONFIG", "GET", "save", "SAVE", "none", "save")).isEqualTo("[$save, $]");
        assertThat(client.ask("COMMAND", "COUNT")).matches(":[0-9]+");
        assertThat(client.ask("COMMAND", "DOCS")).isEqualTo("[]");
        assertThat(client.ask("INFO")).contains("redis_version:", "quorumark_term:");
        client.raw("PING\r\n");
        assertThat(client.read()).isEqualTo("+PONG");
        assertThat(client.ask("QUIT")).isEqualTo("+OK");
        assertThat(client.isClosedByEndpoint()).isTrue();
    }

    @Test
    void settings_and_commands_are_found_by_pattern() throws IOException {
        assertThat(client.ask("CONFIG", "GET", "*")).isEqualTo("[$appendonly, $no, $databases, $1, $save, $]");
        assertThat(client.ask("CONFIG", "GET", "SA*", "a*", "save")).isEqualTo("[$save, $, $appendonly, $no]");
        assertThat(client.ask("CONFIG", "GET", "max*")).isEqualTo("[]");
        String[] many = new String[67];
        Arrays.fill(many, "a*");
        many[0] = "CONFIG";
        many[1] = "GET";
        assertThat(client.ask(many))
                .isEqualTo("-ERR CONFIG GET has 65 patterns of 130 bytes together, expected at most 64 and 4096 bytes");
        assertThat(client.ask(Arrays.copyOf(many, 66))).isEqualTo("[$appendonly, $no]");
        String longest = "?".repeat(1024);
        assertThat(client.ask("CONFIG", "GET", longest, longest, longest, longest))
                .isEqualTo("[]");
        assertThat(client.ask("CONFIG", "GET", longest, longest, longest, longest, "a"))
                .startsWith("-ERR CONFIG GET has 5 patterns of 4097 bytes together");
        assertThat(client.ask("CONFIG", "GET", "*".repeat(2000)))
                .isEqualTo("-ERR pattern has 2000 bytes, expected at most 1024");
        assertThat(client.ask("COMMAND", "LIST")).contains("$get, ", "$scan");
        assertThat(client.ask("COMMAND", "LIST", "FILTERBY", "PATTERN", "Get*")).isEqualTo("[$get, $getdel, $getset]");
        assertThat(client.ask("COMMAND", "LIST", "FILTERBY", "PATTERN", "xyz*")).isEqualTo("[]");
        assertThat(client.ask("COMMAND", "LIST", "FILTERBY", "MODULE", "json")).isEqualTo("[]");
        assertThat(client.ask("COMMAND", "LIST", "FILTERBY", "ACLCAT", "read"))
                .isEqualTo("-ERR COMMAND LIST filter 'ACLCAT' is not supported: PATTERN and MODULE are");
        assertThat(client.ask("COMMAND", "LIST", "FILTERBY", "PATTERN")).isEqualTo("-ERR syntax error");
        assertThat(client.ask("COMMAND", "LIST", "FILTERBY", "COLOUR", "red")).isEqualTo("-ERR syntax error");
    }

    @Test
    void what_redis_refuses_to_note_of_a_client_is_refused() throws IOException {
        assertThat(client.ask("CLIENT", "NO-EVICT", "On")).isEqualTo("+OK");
        assertThat(client.ask("CLIENT", "NO-TOUCH", "off")).isEqualTo("+OK");
        assertThat(client.ask("CLIENT", "NO-EVICT", "perhaps")).isEqualTo("-ERR syntax error");
        assertThat(client.ask("CLIENT", "NO-TOUCH", "perhaps")).isEqualTo("-ERR syntax error");
        assertThat(client.ask("CLIENT", "SETINFO", "lib-name", "jedis")).isEqualTo("+OK");
        assertThat(client.ask("CLIENT", "SETINFO", "LIB-VER", "")).isEqualTo("+OK");
        assertThat(client.ask("CLIENT", "SETINFO", "foo", "bar")).isEqualTo("-ERR Unrecognized option 'foo'");
        assertThat(client.ask("CLIENT", "SETINFO", "LIB-NAME", "a b"))
                .isEqualTo("-ERR lib-name cannot contain spaces, newlines or special characters.");
    }

    @Test
    void information_comes_in_sections() throws IOException {
        try (RespEndpoint fresh = RespEndpoint.open(group.leader(), EndpointConfig.onLoopback(0));
                RespClient first = new RespClient(fresh.address())) {
            informationComesInSections(first);
        }
    }

    /** @param client the first one of its endpoint, on an empty group */
    private static void informationComesInSections(RespClient client) throws IOException {
        client.ask("SET", "a", "1");
        client.ask("GET", "a");
        client.ask("NONE");
        assertThat(client.ask("INFO"))
                .contains("# Server\r\n", "# Clients\r\nconnected_clients:1\r\n", "# Memory\r\nused_memory:")
                .contains("# Stats\r\n", "total_commands_processed:3\r\n", "total_error_replies:1\r\n")
                .contains("# Replication\r\nrole:master\r\nquorumark_member:"
                        + group.leader().id())
                .doesNotContain("# Commandstats", "# Keyspace");
        assertThat(client.ask("INFO", "commandstats"))
                .startsWith("$# Commandstats\r\n")
                .contains("cmdstat_get:calls=1,usec=", "cmdstat_info:calls=1,")
                .containsPattern(
                        "cmdstat_unknown:calls=1,usec=[0-9]+,usec_per_call=[0-9.]+,rejected_calls=0,failed_calls=1");
        assertThat(client.ask("INFO", "KEYSPACE")).isEqualTo("$# Keyspace\r\ndb0:keys=1,expires=0,avg_ttl=0\r\n");
        assertThat(client.ask("INFO", "stats", "clients")).matches("(?s).# Clients.*# Stats.*");
        assertThat(client.ask("INFO", "all"))
                .contains("# Server", "# Commandstats")
                .doesNotContain("# Keyspace");
        assertThat(client.ask("INFO", "nothing")).isEqualTo("$");
    }

    @Test
    void what_it_does_not_know_is_a_plain_error() throws IOException {
        assertThat(client.ask("LPUSH", "a", "b"))
                .isEqualTo("-ERR unknown command 'LPUSH', with args beginning with: 'a' 'b' ");
        assertThat(client.ask("GET")).isEqualTo("-ERR wrong number of arguments for 'get' command");
        assertThat(client.ask("MSET", "a")).startsWith("-ERR wrong number of arguments");
        assertThat(client.ask("MSET", "a", "1", "b")).startsWith("-ERR wrong number of arguments");
        assertThat(client.ask("PING")).isEqualTo("+PONG");
    }

    @Test
    void what_is_too_long_is_refused_and_the_connection_goes_on() throws IOException {
        assertThat(client.ask("SET", "k".repeat(512), "v")).isEqualTo("-ERR key has 512 bytes, expected 1 to 511");
        assertThat(client.ask("SET", "", "v")).isEqualTo("-ERR key has 0 bytes, expected 1 to 511");
        client.send("SET".getBytes(StandardCharsets.US_ASCII), new byte[] {1}, new byte[5 << 20]);
        assertThat(client.read()).startsWith("-ERR value has 5242880 bytes");
        assertThat(client.ask("PING")).isEqualTo("+PONG");
    }

    @Test
    void broken_protocol_is_told_and_ends_the_connection() throws IOException {
        for (String broken : List.of(
                "*2\r\n$3\r\nGET\r\n:5\r\n", "*1\r\n$x\r\n", "*100001\r\n", "*2\r\n$3\r\nSET\r\n$99999999\r\n")) {
            try (RespClient breaking = new RespClient(endpoint.address())) {
                breaking.raw(broken);
                assertThat(breaking.read()).as(broken).startsWith("-ERR Protocol error");
                assertThat(breaking.isClosedByEndpoint()).isTrue();
            }
        }
        assertThat(client.ask("PING")).isEqualTo("+PONG");
    }

    @Test
    void slow_and_surplus_connections_are_let_go() throws IOException {
        EndpointConfig strict = EndpointConfig.onLoopback(0).withLimits(2, 4096, Duration.ofMillis(300));
        try (RespEndpoint narrow = RespEndpoint.open(group.leader(), strict);
                RespClient slow = new RespClient(narrow.address());
                RespClient idle = new RespClient(narrow.address())) {
            assertThat(idle.ask("PING")).isEqualTo("+PONG");
            Await.until("both connections count", () -> narrow.connections() == 2);
            try (RespClient surplus = new RespClient(narrow.address())) {
                assertThat(surplus.read()).isEqualTo("-ERR max number of clients reached");
            }
            slow.raw("*2\r\n$3\r\nGET\r\n$10\r\nabc");
            assertThat(slow.read()).isEqualTo("-ERR Protocol error: request did not arrive within 300 ms");
            assertThat(slow.isClosedByEndpoint()).isTrue();
            idle.raw("*1\r\n$5000\r\n");
            assertThat(idle.read()).isEqualTo("-ERR Protocol error: request is longer than 4096 bytes");
        }
    }

    @Test
    void without_a_majority_writes_end_with_an_error_that_says_so() throws IOException {
        try (TestGroup own = new TestGroup(folder, 3, Duration.ofSeconds(2));
                RespEndpoint there = RespEndpoint.open(own.leader(), EndpointConfig.onLoopback(0));
                RespClient asking = new RespClient(there.address())) {
            int here = own.leader().index();
            own.cluster().members().stream()
                    .filter(member -> member.index() != here)
                    .forEach(member -> own.cluster().stop(member.index()));
            assertThat(asking.ask("SET", "a", "1")).matches("-(CLUSTERDOWN|UNKNOWNOUTCOME) .*");
            assertThat(asking.ask("PING")).isEqualTo("+PONG");
        }
    }

    @Test
    void a_port_in_use_is_told_in_one_line() {
        assertThatThrownBy(() -> RespEndpoint.open(
                        group.leader(),
                        EndpointConfig.onLoopback(endpoint.address().getPort())))
                .isInstanceOf(EndpointException.class)
                .hasMessageContaining(
                        "cannot listen on 127.0.0.1:" + endpoint.address().getPort());
    }
}

package io.quorumark.endpoint.resp;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.endpoint.Await;
import io.quorumark.endpoint.ByteBudget;
import io.quorumark.endpoint.EndpointConfig;
import io.quorumark.endpoint.EndpointMemory;
import io.quorumark.endpoint.HeldReads;
import io.quorumark.endpoint.Slots;
import io.quorumark.endpoint.TestGroup;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients whose requests arrive slowly or wait, on an endpoint that has 1 MB for the requests of all of them. */
class CrowdedRequestsTest {
    private static final String TRY_AGAIN =
            "-TRYAGAIN there is no room for the request now: others arrive and wait; nothing happened, try again";

    @TempDir
    Path folder;

    private final ByteBudget requests = new ByteBudget(1_000_000);
    private final EndpointConfig config = EndpointConfig.onLoopback(0)
            .withMemory(new EndpointMemory(requests, new ByteBudget(8 << 20), new Slots(4)));
    private final HeldReads held = new HeldReads();
    private TestGroup group;
    private RespEndpoint endpoint;

    @BeforeEach
    void open() {
        group = new TestGroup(folder, 1);
        endpoint = RespEndpoint.open(group.leader(), config);
    }

    @AfterEach
    void close() {
        held.letGo();
        endpoint.close();
        group.close();
    }

    /** The beginning of a request that stores a value: all but its last {@code missingBytes}. */
    private void begin(RespClient client, String key, int valueBytes, int missingBytes) throws IOException {
        client.raw("*3\r\n$3\r\nSET\r\n$" + key.length() + "\r\n" + key + "\r\n$" + valueBytes + "\r\n");
        client.raw("v".repeat(valueBytes - missingBytes));
    }

    private void fill(RespClient client) throws IOException {
        begin(client, "a", 900_000, 100);
        Await.until("it has arrived", () -> requests.heldBytes() > 890_000);
    }

    /** By asking something behind them on each of the endpoint's event loops. */
    private static void letRequestsArrive(RespEndpoint endpoint) throws IOException {
        for (int connection = 0; connection < 4; connection++) {
            try (RespClient client = new RespClient(endpoint.address())) {
                for (int i = 0; i < 20; i++) {
                    assertThat(client.ask("PING")).isEqualTo("+PONG");
                }
            }
        }
    }

    @Test
    void a_request_without_room_is_refused_in_its_place_and_the_connection_goes_on() throws IOException {
        try (RespClient first = new RespClient(endpoint.address());
                RespClient other = new RespClient(endpoint.address())) {
            fill(first);
            String large = "w".repeat(500_000);
            other.send("SET", "c", "1");
            other.send("SET", "b", large);
            other.send("MSET", "d", large, "b", large);
            other.send("INCR", "c");
            assertThat(other.read()).isEqualTo("+OK");
            assertThat(other.read()).isEqualTo(TRY_AGAIN);
            assertThat(other.read()).isEqualTo(TRY_AGAIN);
            assertThat(other.read()).isEqualTo(":2");
            assertThat(other.ask("EXISTS", "b", "d")).isEqualTo(":0");
            assertThat(requests.heldBytes()).isLessThan(1_000_000);

            first.raw("v".repeat(100) + "\r\n");
            assertThat(first.read()).isEqualTo("+OK");
            Await.until("nothing is held", () -> requests.heldBytes() == 0);
            assertThat(other.ask("SET", "b", large)).isEqualTo("+OK");
            assertThat(first.ask("STRLEN", "a")).isEqualTo(":900000");
        }
    }

    @Test
    void what_is_dropped_is_still_looked_at() throws IOException {
        try (RespClient first = new RespClient(endpoint.address());
                RespClient unfinished = new RespClient(endpoint.address());
                RespClient malformed = new RespClient(endpoint.address())) {
            fill(first);
            begin(unfinished, "b", 500_000, 100);
            unfinished.raw("w".repeat(100) + "\r\nPING\r\n");
            assertThat(unfinished.read()).isEqualTo(TRY_AGAIN);
            assertThat(unfinished.read()).isEqualTo("+PONG");
            begin(malformed, "b", 500_000, 100);
            malformed.raw("w".repeat(200) + "\r\n");
            assertThat(malformed.read()).startsWith("-ERR Protocol error: bulk string of ");
            assertThat(malformed.isClosedByEndpoint()).isTrue();
        }
        Await.until("nothing is held for who is gone", () -> requests.heldBytes() == 0);
    }

    @Test
    void a_long_line_without_room_ends_its_connection() throws IOException {
        try (RespClient first = new RespClient(endpoint.address());
                RespClient second = new RespClient(endpoint.address());
                RespClient other = new RespClient(endpoint.address())) {
            fill(first);
            begin(second, "b", 200_000, 200_000 - 107_000);
            Await.until("it has arrived too", () -> requests.heldBytes() > 995_000);
            other.raw("ECHO " + "e".repeat(60_000));
            assertThat(other.read())
                    .isEqualTo("-ERR Protocol error: there is no room for so long a line now; try again");
            assertThat(other.isClosedByEndpoint()).isTrue();
        }
    }

    @Test
    void requests_that_wait_count_until_they_are_answered() throws IOException {
        String echoed = "e".repeat(100_000);
        try (RespEndpoint waiting = RespEndpoint.open(held.of(group.leader()), config);
                RespClient client = new RespClient(waiting.address());
                RespClient other = new RespClient(endpoint.address())) {
            client.send("GET", "a");
            for (int i = 0; i < 12; i++) {
                client.send("ECHO", echoed);
            }
            client.send("PING");
            Await.until("they fill the room", () -> requests.heldBytes() > 890_000);
            letRequestsArrive(waiting);
            assertThat(other.ask("SET", "b", "w".repeat(500_000))).isEqualTo(TRY_AGAIN);
            assertThat(other.ask("PING")).isEqualTo("+PONG");
            held.letGo();
            assertThat(client.read()).isEqualTo("$nil");
            int refused = 0;
            for (int i = 0; i < 12; i++) {
                String reply = client.read();
                if (reply.equals(TRY_AGAIN)) {
                    refused++;
                } else {
                    assertThat(reply).isEqualTo("$" + echoed);
                }
            }
            assertThat(refused).isEqualTo(2);
            assertThat(client.read()).isEqualTo("+PONG");
            Await.until("nothing is held", () -> requests.heldBytes() == 0);
        }
    }
}

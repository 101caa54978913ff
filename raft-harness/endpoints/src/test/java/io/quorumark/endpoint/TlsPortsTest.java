package io.quorumark.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.quorumark.endpoint.http.HttpEndpoint;
import io.quorumark.endpoint.resp.RespEndpoint;
import io.quorumark.raft.TlsKeys;
import io.quorumark.raft.fixture.Keystores;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Endpoints with TLS, and those who break it: they are turned away in bounded time, counted by reason, and hold nothing that others need.
 */
class TlsPortsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final byte[] PING = "PING\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HEALTH =
            "GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    static Path folder;

    private static final Access ACCESS = Access.withoutPassword();
    private static final EndpointMemory MEMORY =
            new EndpointMemory(new ByteBudget(32 << 20), new ByteBudget(32 << 20), new Slots(4));
    private static Keystores keystores;
    private static Path authority;
    private static Path friend;
    private static TestGroup group;
    private static RespEndpoint resp;
    private static HttpEndpoint http;

    @BeforeAll
    static void open() throws Exception {
        keystores = new Keystores(folder);
        authority = keystores.authority("authority");
        friend = keystores.signedBy(authority, "friend");
        Path member = keystores.signedBy(authority, "member", "-ext", "SAN=ip:127.0.0.1");
        TlsKeys keys = TlsKeys.read(member, Keystores.PASSWORD);
        SslContext tls = SslContextBuilder.forServer(keys.shown())
                .trustManager(keys.trusted())
                .clientAuth(ClientAuth.REQUIRE)
                .build();
        EndpointConfig config = EndpointConfig.onLoopback(0)
                .withLimits(100, 1 << 20, PATIENCE)
                .withTls(tls)
                .withAccess(ACCESS)
                .withMemory(MEMORY);
        group = new TestGroup(folder.resolve("group"), 1);
        resp = RespEndpoint.open(group.leader(), config);
        http = HttpEndpoint.open(group.leader(), config);
    }

    @AfterAll
    static void close() {
        http.close();
        resp.close();
        group.close();
    }

    private static List<InetSocketAddress> ports() {
        return List.of(resp.address(), http.address());
    }

    private static Socket plain(InetSocketAddress port) throws IOException {
        Socket socket = new Socket(port.getAddress(), port.getPort());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static SSLSocket tls(SSLContext client, InetSocketAddress port, String protocol) throws IOException {
        SSLSocket socket = (SSLSocket) client.getSocketFactory().createSocket(port.getAddress(), port.getPort());
        socket.setSoTimeout(20_000);
        socket.setEnabledProtocols(new String[] {protocol});
        return socket;
    }

    private static double refusals(String reason) {
        return ACCESS.collectors().stream()
                .flatMap(collector -> ((CounterSnapshot) collector.collect()).getDataPoints().stream())
                .filter(point -> reason.equals(point.getLabels().get("reason")))
                .mapToDouble(CounterSnapshot.CounterDataPointSnapshot::getValue)
                .sum();
    }

    private static void assertServesAFriend() throws Exception {
        for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
            SSLContext client = Keystores.client(friend, friend);
            try (SSLSocket redis = tls(client, resp.address(), protocol)) {
                redis.getOutputStream().write(PING);
                assertThat(redis.getInputStream().readNBytes(7))
                        .as("PING over " + protocol)
                        .isEqualTo("+PONG\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            try (SSLSocket web = tls(client, http.address(), protocol)) {
                web.getOutputStream().write(HEALTH);
                assertThat(new String(web.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                        .as("health over " + protocol)
                        .contains("\"healthy\":true");
            }
        }
        Await.until("every connection has ended", () -> resp.connections() + http.connections() == 0);
    }

    @Test
    void large_replies_wait_for_their_client_and_come_in_full() throws Exception {
        int valueBytes = 500_000;
        int requests = 20;
        byte[] value = new byte[valueBytes];
        Arrays.fill(value, (byte) 'v');
        SSLContext client = Keystores.client(friend, friend);
        for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
            try (SSLSocket redis = tls(client, resp.address(), protocol)) {
                redis.getOutputStream()
                        .write(("*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$" + valueBytes + "\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                redis.getOutputStream().write(value);
                redis.getOutputStream()
                        .write(("\r\n" + "GET k\r\n".repeat(requests) + "QUIT\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                int replyBytes = ("$" + valueBytes + "\r\n\r\n").length() + valueBytes;
                assertThat(redis.getInputStream().readAllBytes())
                        .as("replies over " + protocol)
                        .hasSize("+OK\r\n+OK\r\n".length() + requests * replyBytes);
            }
            try (SSLSocket web = tls(client, http.address(), protocol)) {
                String get = "GET /kv/k HTTP/1.1\r\nHost: x\r\n";
                web.getOutputStream()
                        .write(((get + "\r\n").repeat(requests - 1) + get + "Connection: close\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                assertThat(web.getInputStream().readAllBytes())
                        .as("answers over " + protocol)
                        .hasSizeBetween(requests * valueBytes, requests * (valueBytes + 500));
            }
        }
        Await.until(
                "nothing is held",
                () -> MEMORY.requests().heldBytes() + MEMORY.replies().heldBytes() == 0);
    }

    private static byte[] clientHello() throws Exception {
        SSLEngine engine = Keystores.client(friend, friend).createSSLEngine();
        engine.setUseClientMode(true);
        ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), hello);
        return Arrays.copyOf(hello.array(), hello.position());
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    /** All that comes until the endpoint closes, with or without a reset; waiting longer than a test waits fails. */
    private static byte[] untilClosed(Socket socket) throws IOException {
        try {
            return socket.getInputStream().readAllBytes();
        } catch (SocketException reset) {
            return new byte[0];
        }
    }

    @Test
    void what_is_no_handshake_or_half_of_one_ends_in_time_and_is_counted() throws Exception {
        byte[] hello = clientHello();
        Map<String, byte[]> openings = new TreeMap<>();
        openings.put("one byte of a handshake", hex("16"));
        openings.put("the head of a record", Arrays.copyOf(hello, 5));
        openings.put("half a client hello", Arrays.copyOf(hello, hello.length / 2));
        openings.put("a client hello and silence", hello);
        openings.put("a record of 65,535 bytes", hex("160301ffff0100ffff"));
        openings.put("an empty record", hex("1603010000"));
        openings.put("an alert", hex("15030100020228"));
        openings.put("application data before a handshake", hex("1703030005" + "0000000000"));
        openings.put("a change of cipher before a handshake", hex("140303000101"));
        openings.put("a hello of SSL 2", hex("802e010002001500000010" + "00".repeat(37)));
        openings.put("a hello that is no hello", hex("1603010004" + "01ffffff"));
        openings.put("a Redis request", PING);
        openings.put("a framed Redis request", "*1\r\n$4\r\nPING\r\n".getBytes(StandardCharsets.US_ASCII));
        openings.put("an HTTP request", HEALTH);
        openings.put("zeros", new byte[100_000]);
        for (InetSocketAddress port : ports()) {
            double before = refusals("tls") + refusals("certificate");
            Map<String, Socket> strangers = new TreeMap<>();
            for (Map.Entry<String, byte[]> opening : openings.entrySet()) {
                Socket stranger = plain(port);
                strangers.put(opening.getKey(), stranger);
                try {
                    stranger.getOutputStream().write(opening.getValue());
                } catch (SocketException alreadyClosed) {
                    // what was sent first was enough
                }
            }
            for (Map.Entry<String, Socket> stranger : strangers.entrySet()) {
                assertThat(new String(untilClosed(stranger.getValue()), StandardCharsets.ISO_8859_1))
                        .as("what %s gets", stranger.getKey())
                        .doesNotContain("PONG", "HTTP/1.1");
                stranger.getValue().close();
            }
            Await.until("each is counted", () -> refusals("tls") + refusals("certificate") >= before + openings.size());
        }
        assertServesAFriend();
    }

    @Test
    void who_only_connects_is_closed_in_time() throws Exception {
        for (InetSocketAddress port : ports()) {
            try (Socket silent = plain(port);
                    Socket halfClosed = plain(port)) {
                halfClosed.shutdownOutput();
                for (Socket stranger : List.of(silent, halfClosed)) {
                    assertThat(HexFormat.of().formatHex(untilClosed(stranger)))
                            .as("what it gets: alerts, if anything")
                            .matches("(1503030002[0-9a-f]{4})*");
                }
            }
        }
        assertServesAFriend();
    }

    @Test
    void a_handshake_byte_by_byte_ends_in_time() throws Exception {
        byte[] hello = clientHello();
        for (InetSocketAddress port : ports()) {
            try (Socket slow = plain(port)) {
                int sent = 0;
                try {
                    while (sent < hello.length) {
                        slow.getOutputStream().write(hello[sent]);
                        sent++;
                        // as many pauses as bytes: far longer than a handshake may take
                        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
                    }
                } catch (SocketException closed) {
                    assertThat(sent).as("bytes taken of %d", hello.length).isPositive();
                }
                assertThat(sent).as("bytes taken of %d", hello.length).isLessThan(hello.length);
            }
        }
        assertServesAFriend();
    }

    @Test
    void many_half_handshakes_at_once_hold_up_nobody() throws Exception {
        byte[] half = Arrays.copyOf(clientHello(), 20);
        Socket[] strangers = new Socket[80];
        try {
            for (int i = 0; i < strangers.length; i++) {
                strangers[i] = plain(resp.address());
                strangers[i].getOutputStream().write(half);
            }
            assertServesAFriendBeside();
        } finally {
            for (Socket stranger : strangers) {
                if (stranger != null) {
                    stranger.close();
                }
            }
        }
        assertServesAFriend();
        long threads = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("resp-endpoint"))
                .count();
        assertThat(threads).as("threads of the endpoint").isLessThanOrEqualTo(2);
    }

    private static void assertServesAFriendBeside() throws Exception {
        try (SSLSocket redis = tls(Keystores.client(friend, friend), resp.address(), "TLSv1.3")) {
            redis.getOutputStream().write(PING);
            assertThat(redis.getInputStream().readNBytes(7)).isEqualTo("+PONG\r\n".getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Test
    void certificates_that_are_missing_strange_or_expired_are_refused() throws Exception {
        Map<String, Path> certificates = new TreeMap<>();
        certificates.put("of another authority", keystores.signedBy(keystores.authority("strange"), "stranger"));
        certificates.put(
                "that has expired", keystores.signedBy(authority, "expired", "-startdate", "-10d", "-validity", "5"));
        certificates.put("that is not valid yet", keystores.signedBy(authority, "early", "-startdate", "+5d"));
        for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
            for (Map.Entry<String, Path> certificate : certificates.entrySet()) {
                assertTurnedAway(
                        "a certificate " + certificate.getKey() + " over " + protocol,
                        Keystores.client(certificate.getValue(), friend),
                        protocol);
            }
            assertTurnedAway("no certificate over " + protocol, Keystores.client(null, friend), protocol);
        }
        assertServesAFriend();
    }

    private static void assertTurnedAway(String who, SSLContext client, String protocol) throws Exception {
        for (InetSocketAddress port : ports()) {
            double before = refusals("certificate");
            // with TLS 1.3 a refusal arrives after the client's part of the handshake is done
            assertThatThrownBy(() -> {
                        try (SSLSocket socket = tls(client, port, protocol)) {
                            socket.startHandshake();
                            socket.getOutputStream().write(PING);
                            if (socket.getInputStream().read() < 0) {
                                throw new SocketException("closed");
                            }
                        }
                    })
                    .as("what befalls a client with %s", who)
                    .isInstanceOfAny(SSLException.class, SocketException.class);
            Await.until(who + " is counted", () -> refusals("certificate") > before);
        }
    }

    @Test
    void a_client_does_not_negotiate_anew() throws Exception {
        for (InetSocketAddress port : ports()) {
            double before = refusals("tls");
            try (SSLSocket socket = tls(Keystores.client(friend, friend), port, "TLSv1.2")) {
                socket.startHandshake();
                assertThatThrownBy(() -> {
                            socket.startHandshake();
                            if (socket.getInputStream().read() < 0) {
                                throw new SocketException("closed");
                            }
                        })
                        .as("a second handshake")
                        .isInstanceOfAny(SSLException.class, SocketException.class);
            }
            Await.until("it is counted", () -> refusals("tls") > before);
        }
        assertServesAFriend();
    }

    @Test
    void garbage_behind_a_handshake_ends_the_connection() throws Exception {
        for (InetSocketAddress port : ports()) {
            double before = refusals("tls");
            try (Socket wire = plain(port)) {
                SSLSocket socket = (SSLSocket) Keystores.client(friend, friend)
                        .getSocketFactory()
                        .createSocket(wire, "127.0.0.1", port.getPort(), false);
                socket.startHandshake();
                wire.getOutputStream().write(hex("1703030020" + "5a".repeat(32)));
                assertThat(untilClosed(wire).length)
                        .as("bytes that come before the end, such as an alert")
                        .isLessThan(20_000);
            }
            Await.until("it is counted", () -> refusals("tls") > before);
        }
        assertServesAFriend();
    }
}

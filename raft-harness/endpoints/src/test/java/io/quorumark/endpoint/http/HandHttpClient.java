package io.quorumark.endpoint.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Sends by hand, and reads one answer after another. */
final class HandHttpClient implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;

    /** One answer. */
    record Answered(int code, String head, int bodyBytes) {}

    private HandHttpClient(Socket socket, InetSocketAddress address) throws IOException {
        this.socket = socket;
        socket.connect(address);
        socket.setSoTimeout(20_000);
        in = new BufferedInputStream(socket.getInputStream());
    }

    static HandHttpClient of(InetSocketAddress address) throws IOException {
        return new HandHttpClient(new Socket(), address);
    }

    /** One that takes little before it is read from. */
    static HandHttpClient withSmallBuffer(InetSocketAddress address) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        return new HandHttpClient(socket, address);
    }

    /** With a body of so many bytes. */
    void send(String firstLine, int bodyBytes) throws IOException {
        send(firstLine, "Content-Length: " + bodyBytes + "\r\n");
        raw("v".repeat(bodyBytes));
    }

    void endInput() throws IOException {
        socket.shutdownOutput();
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

    String line() throws IOException {
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

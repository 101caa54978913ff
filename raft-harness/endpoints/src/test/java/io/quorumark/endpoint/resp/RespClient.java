package io.quorumark.endpoint.resp;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/**
 * The protocol by hand, so that it can also be broken by hand. Replies are read as text in a short notation: {@code +OK}, {@code $value},
 * {@code $nil}, {@code [a, b]}.
 */
final class RespClient implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;

    RespClient(InetSocketAddress address) throws IOException {
        this(address, new Socket());
    }

    private RespClient(InetSocketAddress address, Socket unconnected) throws IOException {
        socket = unconnected;
        socket.connect(address);
        socket.setSoTimeout(20_000);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** One for which the network holds little of what it does not read. */
    static RespClient slow(InetSocketAddress address) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        return new RespClient(address, socket);
    }

    String ask(String... words) throws IOException {
        send(words);
        return read();
    }

    void send(String... words) throws IOException {
        byte[][] bytes = new byte[words.length][];
        for (int i = 0; i < words.length; i++) {
            bytes[i] = words[i].getBytes(StandardCharsets.ISO_8859_1);
        }
        send(bytes);
    }

    void send(byte[]... words) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(("*" + words.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
        for (byte[] word : words) {
            out.writeBytes(("$" + word.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.writeBytes(word);
            out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        raw(out.toByteArray());
    }

    void raw(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    void raw(String text) throws IOException {
        raw(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    String read() throws IOException {
        String line = line();
        switch (line.charAt(0)) {
            case '$' -> {
                int length = Integer.parseInt(line.substring(1));
                if (length < 0) {
                    return "$nil";
                }
                byte[] value = in.readNBytes(length);
                line();
                return "$" + new String(value, StandardCharsets.ISO_8859_1);
            }
            case '*', '%' -> {
                int count = Integer.parseInt(line.substring(1)) * (line.charAt(0) == '%' ? 2 : 1);
                StringBuilder items = new StringBuilder(line.charAt(0) == '%' ? "%[" : "[");
                for (int i = 0; i < count; i++) {
                    items.append(i == 0 ? "" : ", ").append(read());
                }
                return items.append("]").toString();
            }
            default -> {
                return line;
            }
        }
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int octet;
        while ((octet = in.read()) != '\r') {
            if (octet < 0) {
                throw new EOFException("closed by the endpoint");
            }
            line.write(octet);
        }
        if (in.read() != '\n') {
            throw new IOException("a line ends without a line feed");
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    /** Says that nothing more will come; replies can still be read. */
    void endInput() throws IOException {
        socket.shutdownOutput();
    }

    /** All that still comes until the endpoint closes the connection, with or without a reset. */
    String everything() throws IOException {
        try {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (SocketException reset) {
            // what was sent behind the end may be answered with a reset
            return "";
        }
    }

    /** Whether the endpoint has closed the connection, after whatever it still says. */
    boolean isClosedByEndpoint() throws IOException {
        in.readAllBytes();
        return true;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

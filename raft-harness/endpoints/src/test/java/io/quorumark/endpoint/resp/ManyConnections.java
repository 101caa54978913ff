package io.quorumark.endpoint.resp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * A process that opens connections (port, how many), says so, and holds them until its input ends. A process of its own, for its own file
 * descriptors.
 */
final class ManyConnections {
    private ManyConnections() {}

    public static void main(String[] arguments) throws Exception {
        InetSocketAddress address =
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
        int wanted = Integer.parseInt(arguments[1]);
        List<SocketChannel> held = new ArrayList<>();
        while (held.size() < wanted) {
            held.add(SocketChannel.open(address));
        }
        System.out.println("open");
        if (System.in.read() >= 0) {
            throw new IllegalStateException("expected the end of the input");
        }
        for (SocketChannel channel : held) {
            channel.close();
        }
    }
}

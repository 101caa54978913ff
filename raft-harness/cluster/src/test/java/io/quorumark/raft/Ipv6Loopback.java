package io.quorumark.raft;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Not every machine, and few containers, have an IPv6 address for loopback. */
public final class Ipv6Loopback {
    private static final byte[] LOOPBACK = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    private Ipv6Loopback() {}

    public static boolean isThere() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByAddress(LOOPBACK))) {
            return socket.isBound();
        } catch (IOException none) {
            return false;
        }
    }
}

package io.quorumark.raft;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Free TCP ports for members that are to listen a little later. They lie below those that operating systems give to
 * outgoing connections and to whoever asks for any port: one of
 * those may be taken by a connection of this very group between the choice and its use.
 */
public final class LoopbackPorts {
    private static final int FIRST = 10_000;
    private static final int END = 32_000;
    private static final int MOST_TRIES = 10_000;

    private LoopbackPorts() {}

    /**
     * Chooses {@code count} different ports, at random, that can be listened on at the loopback address.
     *
     * @throws UncheckedIOException there are not so many
     */
    public static List<Integer> choose(int count) {
        Set<Integer> chosen = new LinkedHashSet<>();
        for (int tries = 0; chosen.size() < count; tries++) {
            if (tries == MOST_TRIES) {
                throw new UncheckedIOException(new IOException("found " + chosen.size() + " free ports from " + FIRST
                        + " to " + (END - 1) + " on 127.0.0.1, expected " + count + "; name the ports"));
            }
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            if (isFree(port)) {
                chosen.add(port);
            }
        }
        return List.copyOf(chosen);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}

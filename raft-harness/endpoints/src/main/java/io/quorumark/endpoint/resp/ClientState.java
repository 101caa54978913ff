package io.quorumark.endpoint.resp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicLong;

/** What a client has said of itself. Belongs to its event loop. */
final class ClientState {
    private static final AtomicLong NEXT_ID = new AtomicLong(1);

    private final long id = NEXT_ID.getAndIncrement();
    private int protocol = 2;
    private String name = "";
    private boolean admitted;
    private SocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    /** @param admitted whether it may do everything without showing a password */
    ClientState(boolean admitted) {
        this.admitted = admitted;
    }

    boolean isAdmitted() {
        return admitted;
    }

    void admit() {
        admitted = true;
    }

    /** Where it comes from. */
    SocketAddress address() {
        return address;
    }

    void comesFrom(SocketAddress newAddress) {
        address = newAddress;
    }

    long id() {
        return id;
    }

    /** 2 or 3. */
    int protocol() {
        return protocol;
    }

    void choose(int newProtocol) {
        protocol = newProtocol;
    }

    String name() {
        return name;
    }

    void call(String newName) {
        name = newName;
    }
}

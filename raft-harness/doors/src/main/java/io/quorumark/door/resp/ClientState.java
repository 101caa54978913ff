package io.quorumark.door.resp;

import java.util.concurrent.atomic.AtomicLong;

/** What a client has said of itself. Belongs to its event loop. */
final class ClientState {
    private static final AtomicLong NEXT_ID = new AtomicLong(1);

    private final long id = NEXT_ID.getAndIncrement();
    private int protocol = 2;
    private String name = "";

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

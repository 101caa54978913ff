package io.quorumark.endpoint.resp;

import io.quorumark.endpoint.resp.Request.Use;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** Which keys the running requests of one connection touch, so that each request sees what those before it did. For one thread. */
final class KeysInUse {
    private static final class Held {
        private final Use use;
        private int count;

        Held(Use use) {
            this.use = use;
        }
    }

    private final Map<ByteBuffer, Held> held = new HashMap<>();
    private int running;
    private boolean all;

    /** Takes a request's keys; false, and nothing taken, if it has to wait. */
    boolean take(Request request) {
        switch (request.use()) {
            case NOTHING -> {
                return true;
            }
            case ALL -> {
                if (running > 0) {
                    return false;
                }
                all = true;
            }
            default -> {
                if (all || !isFree(request)) {
                    return false;
                }
                for (ByteBuffer key : request.keys()) {
                    held.computeIfAbsent(key, absent -> new Held(request.use())).count++;
                }
            }
        }
        running++;
        return true;
    }

    private boolean isFree(Request request) {
        for (ByteBuffer key : request.keys()) {
            Held other = held.get(key);
            if (other != null && other.use != request.use()) {
                return false;
            }
        }
        return true;
    }

    void release(Request request) {
        switch (request.use()) {
            case NOTHING -> {
                return;
            }
            case ALL -> all = false;
            default -> {
                for (ByteBuffer key : request.keys()) {
                    Held mine = held.get(key);
                    if (mine != null && --mine.count == 0) {
                        held.remove(key);
                    }
                }
            }
        }
        running--;
    }
}

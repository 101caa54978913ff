package io.quorumark.engine.support;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The open children of an engine, session or snapshot. Closing a parent with live children is refused and names them, so that nothing
 * native is freed under a reader. Thread-safe; touched at open and close only.
 */
public final class Handles {
    private final String parent;
    private final Map<AutoCloseable, String> open = new LinkedHashMap<>();
    private boolean closed;

    /** @param parent how the parent is called in messages, such as {@code engine rocksdb at /data} */
    public Handles(String parent) {
        this.parent = parent;
    }

    /**
     * Registers a child.
     *
     * @param kind {@code session}, {@code snapshot}, {@code cursor} or {@code batch}
     * @throws IllegalStateException the parent is closed
     */
    public synchronized <H extends AutoCloseable> H add(H child, String kind) {
        if (closed) {
            throw new IllegalStateException(parent + " is closed; open it again before opening a " + kind);
        }
        open.put(child, kind);
        return child;
    }

    /** Forgets a child that has closed itself. */
    public synchronized void remove(AutoCloseable child) {
        open.remove(child);
    }

    /**
     * Marks the parent closed, once.
     *
     * @return true the first time, false if it was closed already
     * @throws IllegalStateException children are open; the parent stays open
     */
    public synchronized boolean close() {
        if (closed) {
            return false;
        }
        if (!open.isEmpty()) {
            Map<String, Integer> counts = new LinkedHashMap<>();
            open.values().forEach(kind -> counts.merge(kind, 1, Integer::sum));
            throw new IllegalStateException(
                    parent + " still has open handles " + counts + "; close them first, the newest before the oldest");
        }
        closed = true;
        return true;
    }

    public synchronized boolean isClosed() {
        return closed;
    }
}

package io.quorumark.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * A named, ordered set of keys inside an engine: a column family, a named database, a map or a store.
 *
 * <p>An engine is opened with all its keyspaces ({@link EngineConfig#keyspaces()}); the ordinal is the position in that list, so that an
 * adapter finds its native handle by an array access.
 *
 * @param ordinal 0-based position in the engine's list
 * @param name lower-case letters, digits and dashes
 */
public record Keyspace(int ordinal, String name) {
    public Keyspace {
        if (ordinal < 0) {
            throw new IllegalArgumentException("keyspace ordinal is " + ordinal + ", expected 0 or more");
        }
        if (!name.matches("[a-z0-9-]+")) {
            throw new IllegalArgumentException(
                    "keyspace name is '" + name + "', expected lower-case letters, digits and dashes");
        }
    }

    /** Keyspaces with these names, numbered in this order. */
    public static List<Keyspace> listOf(String... names) {
        List<Keyspace> keyspaces = new ArrayList<>(names.length);
        for (String name : names) {
            keyspaces.add(new Keyspace(keyspaces.size(), name));
        }
        return List.copyOf(keyspaces);
    }
}

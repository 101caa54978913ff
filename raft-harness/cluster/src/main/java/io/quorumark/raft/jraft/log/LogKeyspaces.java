package io.quorumark.raft.jraft.log;

import io.quorumark.engine.Keyspace;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The keyspaces of a log's engine. */
public final class LogKeyspaces {
    /** To be given to the engine at opening. */
    public static final List<Keyspace> ALL = Keyspace.listOf("entries", "configurations", "meta");

    static final Keyspace ENTRIES = ALL.get(0);
    static final Keyspace CONFIGURATIONS = ALL.get(1);
    static final Keyspace META = ALL.get(2);

    private LogKeyspaces() {}

    static ByteBuffer metaKey(String name) {
        return ByteBuffer.wrap(name.getBytes(StandardCharsets.US_ASCII)).asReadOnlyBuffer();
    }
}

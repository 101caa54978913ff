package io.quorumark.raft;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Session;
import io.quorumark.raft.nemesis.WrappedProvider;
import io.quorumark.raft.nemesis.WrappedSession;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;

/** A log engine that takes entries, but has no room for the term and vote of the member in one folder. */
public final class RefusedVotes extends WrappedProvider {
    private static final ByteBuffer HARD_STATE =
            ByteBuffer.wrap("hard-state".getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer();
    private static final Path NOWHERE = Path.of("none");

    private final AtomicReference<Path> refusing = new AtomicReference<>(NOWHERE);

    public RefusedVotes(EngineProvider real) {
        super(real);
    }

    /** From now on, for every log in or below {@code directory}. */
    public void refuseIn(Path directory) {
        refusing.set(directory);
    }

    public void heal() {
        refusing.set(NOWHERE);
    }

    @Override
    protected Session wrap(Session session, EngineConfig config) {
        return new WrappedSession(session) {
            @Override
            public void put(Keyspace keyspace, ByteBuffer key, ByteBuffer value, Durability durability) {
                if (key.equals(HARD_STATE) && config.directory().startsWith(refusing.get())) {
                    throw new EngineException.Full(id(), config.directory(), "no room for a vote; free some", null);
                }
                super.put(keyspace, key, value, durability);
            }
        };
    }
}

package io.quorumark.raft.nemesis;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Session;
import io.quorumark.engine.WriteBatch;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * An engine whose disk can be made slow or full under one member at a time. Thread-safe. Reads, and commits under other members, are as
 * ever.
 */
public final class FaultyDisk extends WrappedProvider {
    private final Map<Path, Trouble> troubles = new ConcurrentHashMap<>();

    /** @param delayNanos of each commit; 0 if the disk is full instead */
    private record Trouble(long delayNanos) {}

    public FaultyDisk(EngineProvider real) {
        super(real);
    }

    /** Makes every commit below {@code directory} take so much longer. */
    public void slowDown(Path directory, Duration delay) {
        if (delay.isNegative() || delay.isZero()) {
            throw new IllegalArgumentException("delay is " + delay + ", expected more than zero");
        }
        troubles.put(directory, new Trouble(delay.toNanos()));
    }

    /** Makes every commit below {@code directory} fail with {@link EngineException.Full}. */
    public void fill(Path directory) {
        troubles.put(directory, new Trouble(0));
    }

    /** Ends the trouble below {@code directory}. */
    public void heal(Path directory) {
        troubles.remove(directory);
    }

    @Override
    protected Session wrap(Session session, EngineConfig config) {
        return new OnFaultyDisk(session, config.directory());
    }

    private @Nullable Trouble troubleOf(Path directory) {
        for (Map.Entry<Path, Trouble> entry : troubles.entrySet()) {
            if (directory.startsWith(entry.getKey())) {
                return entry.getValue();
            }
        }
        return null;
    }

    private final class OnFaultyDisk extends WrappedSession {
        private final Path directory;

        OnFaultyDisk(Session real, Path directory) {
            super(real);
            this.directory = directory;
        }

        private void suffer() {
            Trouble trouble = troubles.isEmpty() ? null : troubleOf(directory);
            if (trouble == null) {
                return;
            }
            if (trouble.delayNanos() == 0) {
                throw new EngineException.Full(id(), directory, "no room left on the device; free some", null);
            }
            LockSupport.parkNanos(trouble.delayNanos());
        }

        @Override
        public void put(Keyspace keyspace, ByteBuffer key, ByteBuffer value, Durability durability) {
            suffer();
            super.put(keyspace, key, value, durability);
        }

        @Override
        public void delete(Keyspace keyspace, ByteBuffer key, Durability durability) {
            suffer();
            super.delete(keyspace, key, durability);
        }

        @Override
        public void commit(WriteBatch batch, Durability durability) {
            suffer();
            super.commit(batch, durability);
        }
    }
}

package io.quorumark.engine.support;

import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Limits;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;

/** What the handles of one open engine check on every call: whose keyspace it is, and the lengths of keys and values. Thread-safe. */
public final class HandleChecks implements HeapBatch.Rules {
    private final String engineId;
    private final Path directory;
    private final Keyspace[] keyspaces;
    private final int minKeyBytes;
    private final int maxKeyBytes;
    private final int maxValueBytes;

    public HandleChecks(String engineId, EngineConfig config, Limits limits) {
        this.engineId = engineId;
        this.directory = config.directory();
        this.keyspaces = config.keyspaces().toArray(Keyspace[]::new);
        this.minKeyBytes = limits.minKeyBytes();
        this.maxKeyBytes = limits.maxKeyBytes();
        this.maxValueBytes = limits.maxValueBytes();
    }

    /** Of the provider. */
    public String engineId() {
        return engineId;
    }

    /** The engine's folder. */
    public Path directory() {
        return directory;
    }

    /** @throws IllegalArgumentException the keyspace is not one of this engine */
    @Override
    public int ordinalOf(Keyspace keyspace) {
        int ordinal = keyspace.ordinal();
        if (ordinal >= keyspaces.length || !keyspaces[ordinal].equals(keyspace)) {
            throw new IllegalArgumentException("keyspace '" + keyspace.name() + "' (" + ordinal
                    + ") is not of the engine at " + directory + ", expected one of "
                    + Arrays.toString(keyspaces) + "; take it from keyspaces()");
        }
        return ordinal;
    }

    /** Whether a key of that length can be there at all. */
    public boolean isKey(ByteBuffer key) {
        int bytes = key.remaining();
        return bytes >= minKeyBytes && bytes <= maxKeyBytes;
    }

    /** @throws EngineException.LimitExceeded the key is too short or too long */
    @Override
    public void checkKey(ByteBuffer key) {
        if (!isKey(key)) {
            throw new EngineException.LimitExceeded(
                    engineId,
                    directory,
                    "the key has " + key.remaining() + " bytes, expected " + minKeyBytes + " to " + maxKeyBytes
                            + "; change its length");
        }
    }

    /** @throws EngineException.LimitExceeded the value is too long */
    @Override
    public void checkValue(ByteBuffer value) {
        if (value.remaining() > maxValueBytes) {
            throw new EngineException.LimitExceeded(
                    engineId,
                    directory,
                    "the value has " + value.remaining() + " bytes, expected at most " + maxValueBytes
                            + "; shorten it");
        }
    }

    /** For a use of a handle after its close. */
    @Override
    public EngineException.Closed closed(String handle) {
        return new EngineException.Closed(engineId, directory, "the " + handle + " is closed; open a new one");
    }
}

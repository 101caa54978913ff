package io.quorumark.engine.bridge;

import io.quorumark.engine.Ability;
import io.quorumark.engine.Capabilities;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Limits;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;

/** What all handles of one open engine share. */
final class OpenNative {
    private final NativeCalls calls;
    private final long handle;
    private final NativeErrors errors;
    private final Capabilities capabilities;
    private final Durability openedAt;
    private final Keyspace[] keyspaces;
    private final int minKeyBytes;
    private final int maxKeyBytes;
    private final int maxValueBytes;
    private final boolean oneWriter;

    /** Not fair, as the engines' own locks are not: handing over at every commit would cost short ones a context switch each. */
    private final ReentrantLock writing = new ReentrantLock();

    OpenNative(NativeCalls calls, long handle, NativeErrors errors, Capabilities capabilities, EngineConfig config) {
        this.calls = calls;
        this.handle = handle;
        this.errors = errors;
        this.capabilities = capabilities;
        this.openedAt = config.durability();
        this.keyspaces = config.keyspaces().toArray(Keyspace[]::new);
        this.oneWriter = !capabilities.has(Ability.CONCURRENT_WRITERS) && !capabilities.has(Ability.GROUP_COMMIT);
        Limits limits = capabilities.limits();
        this.minKeyBytes = limits.minKeyBytes();
        this.maxKeyBytes = limits.maxKeyBytes();
        this.maxValueBytes = limits.maxValueBytes();
    }

    NativeCalls calls() {
        return calls;
    }

    long handle() {
        return handle;
    }

    NativeErrors errors() {
        return errors;
    }

    boolean has(Ability ability) {
        return capabilities.has(ability);
    }

    /**
     * Waits until nobody else writes, where the engine has one writer; to be followed by {@link #endWriting}.
     *
     * @throws EngineException.Conflict this thread has a transaction open, for which it would wait for ever
     */
    void beginWriting() {
        if (oneWriter) {
            if (writing.isHeldByCurrentThread()) {
                throw new EngineException.Conflict(
                        errors.engineId(),
                        errors.directory(),
                        "this thread has a transaction open, which is the engine's one writer; commit or close it first",
                        null);
            }
            writing.lock();
        }
    }

    void endWriting() {
        if (oneWriter) {
            writing.unlock();
        }
    }

    /** Whether a transaction belongs to the thread that opened it, as its lock does. */
    boolean hasOneWriter() {
        return oneWriter;
    }

    /** @throws IllegalArgumentException the keyspace is not one of this engine */
    int ordinalOf(Keyspace keyspace) {
        int ordinal = keyspace.ordinal();
        if (ordinal >= keyspaces.length || !keyspaces[ordinal].equals(keyspace)) {
            throw new IllegalArgumentException("keyspace '" + keyspace.name() + "' (" + ordinal
                    + ") is not of the engine at " + errors.directory() + ", expected one of "
                    + Arrays.toString(keyspaces) + "; take it from keyspaces()");
        }
        return ordinal;
    }

    /** As the header numbers it. */
    static int levelOf(Durability durability) {
        return switch (durability) {
            case NONE -> 0;
            case PROCESS_CRASH -> 1;
            case POWER_LOSS -> 2;
        };
    }

    /** @throws EngineException.Unsupported this engine does not commit at that level as it was opened */
    void checkLevel(Durability durability) {
        if (durability == openedAt) {
            return;
        }
        if (!capabilities.mixedDurability()
                || durability.isAtLeast(openedAt)
                || !capabilities.durabilities().contains(durability)) {
            throw new EngineException.Unsupported(
                    errors.engineId(),
                    errors.directory(),
                    "it was opened at " + openedAt + " and cannot commit at " + durability + "; open it at "
                            + durability);
        }
    }

    /** Whether a key of that length can be there at all. */
    boolean isKey(ByteBuffer key) {
        int bytes = key.remaining();
        return bytes >= minKeyBytes && bytes <= maxKeyBytes;
    }

    /** @throws EngineException.LimitExceeded the key is too short or too long */
    void checkKey(ByteBuffer key) {
        if (!isKey(key)) {
            throw new EngineException.LimitExceeded(
                    errors.engineId(),
                    errors.directory(),
                    "the key has " + key.remaining() + " bytes, expected " + minKeyBytes + " to " + maxKeyBytes
                            + "; change its length");
        }
    }

    /** @throws EngineException.LimitExceeded the value is too long */
    void checkValue(ByteBuffer value) {
        if (value.remaining() > maxValueBytes) {
            throw new EngineException.LimitExceeded(
                    errors.engineId(),
                    errors.directory(),
                    "the value has " + value.remaining() + " bytes, expected at most " + maxValueBytes
                            + "; shorten it");
        }
    }

    /** @return the answer, 0 or more */
    long check(String action, long answer, CallRecord call) {
        if (answer < 0) {
            throw errors.of(action, answer, call);
        }
        return answer;
    }
}

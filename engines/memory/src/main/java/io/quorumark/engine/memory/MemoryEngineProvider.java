package io.quorumark.engine.memory;

import io.quorumark.engine.Ability;
import io.quorumark.engine.Capabilities;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineFacts;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Limits;
import io.quorumark.engine.support.Options;
import java.util.EnumSet;
import java.util.List;

/**
 * The in-memory engine.
 *
 * <p><b>Memory:</b> all data lives on the heap, whatever {@link EngineConfig#memoryBudgetBytes()} says: the budget bounds nothing here, and its effective options say so. That
 * is what an in-memory store is; compare it with that in mind.
 *
 * <p><b>Option of the tuned track:</b> {@code log_bytes}, how long the log may grow before the content goes to a snapshot file.
 */
public final class MemoryEngineProvider implements EngineProvider {
    static final String ID = "memory";
    static final Limits LIMITS = new Limits(0, Change.MAX_KEY_BYTES, 256 << 20);
    private static final long DEFAULT_LOG_BYTES = 256L << 20;

    @Override
    public String id() {
        return ID;
    }

    @Override
    public EngineFacts facts() {
        return new EngineFacts(
                "In-memory + WAL",
                "quorumark",
                "heap skip list with versions, write-ahead log",
                List.of("All data is on the Java heap: the memory budget does not bound it."));
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(
                EnumSet.allOf(Durability.class),
                true,
                true,
                true,
                EnumSet.of(
                        Ability.CONSTANT_TIME_SNAPSHOT,
                        Ability.GROUP_COMMIT,
                        Ability.ONLINE_CHECKPOINT,
                        Ability.COMPACTION),
                LIMITS);
    }

    @Override
    public KVEngine open(EngineConfig config) {
        Options options = new Options(ID, config);
        long logBytes = options.number("log_bytes", DEFAULT_LOG_BYTES, 4096, Long.MAX_VALUE);
        options.refuseUnknown();
        return MemoryEngine.open(config, logBytes);
    }
}

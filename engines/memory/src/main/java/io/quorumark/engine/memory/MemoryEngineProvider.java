package io.quorumark.engine.memory;

import io.quorumark.engine.Ability;
import io.quorumark.engine.Capabilities;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.EngineFacts;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Limits;
import io.quorumark.engine.Maintenance;
import java.util.EnumSet;
import java.util.List;

/**
 * The in-memory engine.
 *
 * <p><b>Memory:</b> all data lives on the heap, whatever {@link EngineConfig#memoryBudgetBytes()} says: the budget bounds nothing here, and
 * its effective options say so. That is what an in-memory store is; compare it with that in mind. It takes about 60 bytes a record beside
 * key and value, and up to a third of all that again for what was overwritten and is not swept yet; {@code data.held.bytes} of the
 * statistics says how much. None of it is an object of its own: to a collector it is large arrays.
 *
 * <p><b>Options of the tuned track:</b>
 *
 * <table>
 * <caption>Options</caption>
 * <tr><td>{@code log_bytes}</td><td>how long the log may grow before the content goes to a snapshot file; 256 MiB</td></tr>
 * <tr><td>{@code log_sync}</td><td>{@code commit}: a force per power-loss commit; {@code group} (default): one force serves all that wait;
 * {@code periodic}: forced at an interval, so that no commit promises more than {@code PROCESS_CRASH} and a power cut takes at most the
 * last interval</td></tr>
 * <tr><td>{@code log_sync_interval_millis}</td><td>that interval; 100</td></tr>
 * <tr><td>{@code snapshot_retain_count}</td><td>how many snapshot files stay, with the log since the oldest; 1</td></tr>
 * <tr><td>{@code snapshot_retain_age_seconds}</td><td>younger ones stay too; 0 for none</td></tr>
 * <tr><td>{@code encryption}, {@code encryption_key_file}</td><td>see {@link Ability#ENCRYPTION}; log, snapshots and checkpoints</td></tr>
 * </table>
 */
public final class MemoryEngineProvider implements EngineProvider {
    static final String ID = "memory";
    /** Raised if what is written, or how threads share it, changes: evidence of kills, cuts and histories holds for one version alone. */
    static final String VERSION = "quorumark 2";

    static final Limits LIMITS = new Limits(0, Change.MAX_KEY_BYTES, 256 << 20);

    @Override
    public String id() {
        return ID;
    }

    @Override
    public EngineFacts facts() {
        return new EngineFacts(
                "In-memory + WAL",
                VERSION,
                "versioned records in large heap arrays, hash table and sorted blocks over them, write-ahead log",
                "LicenseRef-Quorumark",
                Maintenance.ACTIVE,
                List.of("All data is on the Java heap: the memory budget does not bound it."));
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(
                EnumSet.allOf(Durability.class),
                true,
                true,
                true,
                true,
                EnumSet.of(
                        Ability.CONSTANT_TIME_SNAPSHOT,
                        Ability.GROUP_COMMIT,
                        Ability.ONLINE_CHECKPOINT,
                        Ability.COMPACTION,
                        Ability.TRANSACTIONS,
                        Ability.INTEGRITY_CHECK,
                        Ability.ENCRYPTION),
                LIMITS);
    }

    @Override
    public List<String> backgroundThreads() {
        return List.of("memory-engine-");
    }

    @Override
    public void checkOptions(EngineConfig config) {
        MemorySettings unused = MemorySettings.of(config);
    }

    @Override
    public KVEngine open(EngineConfig config) {
        int keyspaces = config.keyspaces().size();
        if (keyspaces > Change.MOST_KEYSPACES) {
            throw new EngineException.Unsupported(
                    ID,
                    config.directory(),
                    "it takes " + Change.MOST_KEYSPACES + " keyspaces, not " + keyspaces + "; use fewer");
        }
        return MemoryEngine.open(config, MemorySettings.of(config));
    }
}

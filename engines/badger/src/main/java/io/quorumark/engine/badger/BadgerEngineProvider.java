package io.quorumark.engine.badger;

import io.quorumark.engine.Ability;
import io.quorumark.engine.Capabilities;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineFacts;
import io.quorumark.engine.Limits;
import io.quorumark.engine.Maintenance;
import io.quorumark.engine.bridge.NativeLibrary;
import io.quorumark.engine.bridge.NativeProvider;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Badger, the store under Dgraph, as an engine.
 *
 * <p>{@code POWER_LOSS} is {@code SyncWrites}. {@code PROCESS_CRASH} is Badger without it: its logs are mapped files, so that a commit is
 * in the page cache when it returns, and there is no {@code NONE}. The levels do not mix: a sync leaves out a memtable that waits for its
 * flush.
 *
 * <p>All keyspaces share one tree, each under a prefix of one byte. A commit is one transaction of Badger's, which may hold 15 % of a
 * memtable; a range is deleted key by key in it, while no other commit runs.
 *
 * <p>Options and the memory budget: {@link BadgerSettings}.
 */
public final class BadgerEngineProvider extends NativeProvider {
    static final String ID = "badger";
    static final String VERSION = "4.9.6";

    private static final int MAX_KEY_BYTES = 64_999;

    private static final Capabilities CAPABILITIES = new Capabilities(
            Set.of(Durability.PROCESS_CRASH, Durability.POWER_LOSS),
            false,
            true,
            true,
            false,
            Set.of(
                    Ability.CONSTANT_TIME_SNAPSHOT,
                    Ability.CONCURRENT_WRITERS,
                    Ability.ONLINE_CHECKPOINT,
                    Ability.COMPACTION,
                    Ability.TRANSACTIONS,
                    Ability.INTEGRITY_CHECK),
            new Limits(
                    0,
                    MAX_KEY_BYTES,
                    BadgerSettings.MAX_VALUE_BYTES,
                    BadgerSettings.batchBytes(BadgerSettings.MIN_MEMTABLE_BYTES)));

    public BadgerEngineProvider() {
        super(ID, NativeLibrary.GO, CAPABILITIES, "keyspaces");
    }

    @Override
    public EngineFacts facts() {
        return new EngineFacts(
                "Badger",
                "Badger " + VERSION + " (Go)",
                "LSM tree, large values apart",
                "Apache-2.0",
                Maintenance.ACTIVE,
                List.of(
                        "A damaged block of a table reads as missing keys, without an error; only verify finds it.",
                        "Writes through mapped files: on a full device it would end the process, so that commits are refused while less"
                                + " is free than three memtables and 64 MiB.",
                        "At POWER_LOSS, an error of the device while a large value is synced is not told to the commit."));
    }

    @Override
    protected Map<String, String> settings(EngineConfig config) {
        return BadgerSettings.of(config);
    }

    @Override
    protected long maxBatchBytes(Map<String, String> settings) {
        return BadgerSettings.batchBytes(
                Long.parseLong(Objects.requireNonNull(settings.get(BadgerSettings.MEMTABLE_SIZE))));
    }
}

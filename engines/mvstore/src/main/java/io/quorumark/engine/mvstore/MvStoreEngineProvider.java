package io.quorumark.engine.mvstore;

import io.quorumark.engine.Ability;
import io.quorumark.engine.Capabilities;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineFacts;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Limits;
import io.quorumark.engine.Maintenance;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * H2 MVStore: a copy-on-write B+ tree in a file of chunks, written in Java.
 *
 * <p>{@code PROCESS_CRASH} stores every commit as a chunk, {@code POWER_LOSS} forces the file after it as well, and {@code NONE} keeps
 * commits in memory until a quarter of the budget is unsaved. One opening has one level: chunks that the last forced state needs would be
 * overwritten if not every commit were forced.
 */
public final class MvStoreEngineProvider implements EngineProvider {
    static final String ID = "mvstore";
    static final int MAX_KEY_BYTES = 64 << 10;

    private static final EngineFacts FACTS = new EngineFacts(
            "MVStore",
            "h2-mvstore 2.4.240",
            "log of chunks with copy-on-write B+ trees",
            "MPL-2.0 OR EPL-1.0",
            Maintenance.ACTIVE,
            List.of(
                    "Licensed under MPL 2.0 or EPL 1.0, maintained and released with the H2 database; its"
                            + " file format (3, H2 2.x) does not open files of H2 1.4.",
                    "Pages carry no checksum of their content: a damaged value may be read as it is."));

    private static final Capabilities CAPABILITIES = new Capabilities(
            EnumSet.allOf(Durability.class),
            false,
            true,
            true,
            false,
            Set.of(
                    Ability.CONSTANT_TIME_SNAPSHOT,
                    Ability.ONLINE_CHECKPOINT,
                    Ability.COMPACTION,
                    Ability.INTEGRITY_CHECK),
            new Limits(0, MAX_KEY_BYTES, Limits.PORTABLE_MAX_VALUE_BYTES));

    @Override
    public String id() {
        return ID;
    }

    @Override
    public EngineFacts facts() {
        return FACTS;
    }

    @Override
    public Capabilities capabilities() {
        return CAPABILITIES;
    }

    @Override
    public List<String> backgroundThreads() {
        return List.of("mvstore-");
    }

    @Override
    public void checkOptions(EngineConfig config) {
        MvStoreSettings unused = MvStoreSettings.of(config);
    }

    @Override
    public KVEngine open(EngineConfig config) {
        return MvStoreEngine.open(config);
    }
}

package io.quorumark.engine.mapdb;

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
import java.util.List;
import java.util.Set;

/** MapDB: B-link trees in a memory-mapped file, written in Java and Kotlin. */
public final class MapDbEngineProvider implements EngineProvider {
    static final String ID = "mapdb";
    static final int MAX_KEY_BYTES = 64 << 10;

    private static final EngineFacts FACTS = new EngineFacts(
            "MapDB",
            "mapdb 3.1.0",
            "B-link trees over a memory-mapped file, updated in place",
            "Apache-2.0",
            Maintenance.ENDING,
            List.of(
                    "MapDB 3.1.0 is not crash-safe in any mode: killed processes left stores that would not open, and with its"
                            + " write-ahead log"
                            + " stores that had lost acknowledged writes, so it is measured without promise and its folder is thrown"
                            + " away after an"
                            + " unclean end.",
                    "MapDB has no snapshots: opening one copies the whole store while writers wait."));

    private static final Capabilities CAPABILITIES = new Capabilities(
            Set.of(Durability.NONE),
            false,
            false,
            true,
            false,
            Set.of(Ability.INTEGRITY_CHECK),
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
        return List.of("mapdb");
    }

    @Override
    public void checkOptions(EngineConfig config) {
        MapDbSettings unused = MapDbSettings.from(config);
    }

    @Override
    public KVEngine open(EngineConfig config) {
        if (!CAPABILITIES.durabilities().contains(config.durability())) {
            throw new EngineException.Unsupported(
                    ID,
                    config.directory(),
                    "durability " + config.durability() + " is not one of " + CAPABILITIES.durabilities()
                            + "; MapDB is not crash-safe in any mode");
        }
        return MapDbEngine.open(config);
    }
}

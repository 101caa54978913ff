package org.example.tiny;

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
import io.quorumark.engine.support.Options;
import java.util.List;
import java.util.Set;

/** What the engine is, what it promises, and how it is opened. */
public final class TinyProvider implements EngineProvider {
    static final String ID = "tiny";
    static final Limits LIMITS = new Limits(0, 64 << 10, 64 << 20);

    private static final Capabilities CAPABILITIES = new Capabilities(
            Set.of(Durability.NONE), false, false, true, true, Set.of(Ability.CONSTANT_TIME_SNAPSHOT), LIMITS);

    @Override
    public String id() {
        return ID;
    }

    @Override
    public EngineFacts facts() {
        return new EngineFacts(
                "Tiny",
                "1.0",
                "sorted maps, copied by every commit", "LicenseRef-Example", Maintenance.ACTIVE,
                List.of("An example: all data is on the Java heap."));
    }

    @Override
    public Capabilities capabilities() {
        return CAPABILITIES;
    }

    @Override
    public List<String> backgroundThreads() {
        return List.of(Saver.THREAD);
    }

    @Override
    public KVEngine open(EngineConfig config) {
        if (!CAPABILITIES.durabilities().contains(config.durability())) {
            throw new EngineException.Unsupported(
                    ID,
                    config.directory(),
                    "durability " + config.durability() + " is not one of " + CAPABILITIES.durabilities()
                            + "; ask for one of these");
        }
        new Options(ID, config).refuseUnknown();
        return TinyEngine.open(config);
    }
}

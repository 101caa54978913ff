package io.quorumark.engine.noop;

import io.quorumark.engine.Ability;
import io.quorumark.engine.Capabilities;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineFacts;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Limits;
import io.quorumark.engine.Maintenance;
import io.quorumark.engine.support.Options;
import java.util.EnumSet;
import java.util.List;

/** Accepts every durability and keeps none of it: {@link Capabilities#retainsData()} is false. */
public final class NullEngineProvider implements EngineProvider {
    static final String ID = "null";
    private static final int MAX_VALUE_BYTES = 1 << 30;

    @Override
    public String id() {
        return ID;
    }

    @Override
    public EngineFacts facts() {
        return new EngineFacts(
                "none (harness ceiling)",
                "quorumark",
                "stores nothing",
                "LicenseRef-Quorumark",
                Maintenance.ACTIVE,
                List.of("Stores nothing: this is what the harness itself can do, not an engine."));
    }

    @Override
    public Capabilities capabilities() {
        return new Capabilities(
                EnumSet.allOf(Durability.class),
                true,
                false,
                false,
                false,
                EnumSet.of(
                        Ability.CONSTANT_TIME_SNAPSHOT, Ability.CONSTANT_TIME_RANGE_DELETE, Ability.CONCURRENT_WRITERS),
                new Limits(0, MAX_VALUE_BYTES, MAX_VALUE_BYTES));
    }

    @Override
    public void checkOptions(EngineConfig config) {
        new Options(ID, config).refuseUnknown();
    }

    @Override
    public KVEngine open(EngineConfig config) {
        checkOptions(config);
        return new NullEngine(config);
    }
}

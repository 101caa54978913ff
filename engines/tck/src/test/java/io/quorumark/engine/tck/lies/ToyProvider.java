package io.quorumark.engine.tck.lies;

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
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Opens the toy engine, which keeps sorted maps and writes each commit to one file. */
public class ToyProvider implements EngineProvider {
    static final String ID = "toy";
    static final Limits LIMITS = new Limits(0, 1 << 15, 16 << 20);
    private final Lie lie;

    ToyProvider(Lie lie) {
        this.lie = lie;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public EngineFacts facts() {
        return new EngineFacts(
                "Toy (" + lie + ")", "1", "sorted maps and a file", "LicenseRef-Test", Maintenance.ACTIVE, List.of());
    }

    @Override
    public Capabilities capabilities() {
        Set<Ability> abilities = EnumSet.of(Ability.TRANSACTIONS, Ability.INTEGRITY_CHECK);
        if (lie.claimsCompaction()) {
            abilities.add(Ability.COMPACTION);
        }
        if (lie == Lie.CLAIMS_BACKUP) {
            abilities.add(Ability.INCREMENTAL_BACKUP);
        }
        Set<Durability> levels = EnumSet.of(Durability.PROCESS_CRASH, Durability.POWER_LOSS);
        if (lie == Lie.UNTYPED_AFTER_KILL) {
            levels.add(Durability.NONE);
        }
        boolean mixed = lie == Lie.CLAIMS_MIXED_LEVELS;
        return new Capabilities(levels, mixed, true, true, lie != Lie.DENIES_ITS_HEAP, abilities, LIMITS);
    }

    @Override
    public KVEngine open(EngineConfig config) {
        Options options = new Options(ID, config);
        if (lie != Lie.IGNORES_OPTIONS) {
            options.refuseUnknown();
        }
        if (!capabilities().durabilities().contains(config.durability()) && lie != Lie.TAKES_ANY_LEVEL) {
            throw new EngineException.Unsupported(
                    ID, config.directory(), config.durability() + " is not offered; open it at another level");
        }
        return ToyEngine.open(config, lie);
    }
}

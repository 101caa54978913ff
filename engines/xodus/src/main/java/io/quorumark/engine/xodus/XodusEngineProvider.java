package io.quorumark.engine.xodus;

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
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Set;
import jetbrains.exodus.env.EnvironmentConfig;
import jetbrains.exodus.env.Environments;

/** JetBrains Xodus: a copy-on-write B+ tree kept in an append-only log, written in Java. */
public final class XodusEngineProvider implements EngineProvider {
    static final String ID = "xodus";

    /** Without it an interrupt closes the log's channel; Xodus then acknowledges durable commits that it never synced. */
    static final String REQUIRED_FLAG = "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED";

    /** Well below what a log file of 8 MiB can hold together with the longest value. */
    static final int MAX_KEY_BYTES = 64 << 10;

    private static final EngineFacts FACTS = new EngineFacts(
            "Xodus",
            "xodus-environment 2.0.1",
            "append-only log with copy-on-write B+ trees",
            "Apache-2.0",
            Maintenance.ENDING,
            List.of(
                    "The makers of Xodus have announced its sunset, so a group that chooses it should plan for leaving it."));

    private static final Capabilities CAPABILITIES = new Capabilities(
            Set.of(Durability.PROCESS_CRASH, Durability.POWER_LOSS),
            false,
            true,
            true,
            false,
            Set.of(
                    Ability.CONSTANT_TIME_SNAPSHOT,
                    Ability.ONLINE_CHECKPOINT,
                    Ability.COMPACTION,
                    Ability.TRANSACTIONS,
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
    public List<String> requiredJvmFlags() {
        return List.of(REQUIRED_FLAG);
    }

    @Override
    public List<String> backgroundThreads() {
        return List.of("Exodus", "threadJobProces");
    }

    @Override
    public void checkOptions(EngineConfig config) {
        EnvironmentConfig unused = XodusSettings.from(config);
    }

    @Override
    public KVEngine open(EngineConfig config) {
        if (!CAPABILITIES.durabilities().contains(config.durability())) {
            throw new EngineException.Unsupported(
                    ID,
                    config.directory(),
                    "durability " + config.durability() + " is not one of " + CAPABILITIES.durabilities()
                            + "; every commit of Xodus reaches at least the operating system");
        }
        Module library = Environments.class.getModule();
        if (!FileChannel.class.getModule().isOpen("sun.nio.ch", library)) {
            throw new EngineException.Unsupported(
                    ID,
                    config.directory(),
                    "this JVM was started without " + REQUIRED_FLAG
                            + ", and an interrupted thread would then make durable commits that are never synced; add the flag");
        }
        return XodusEngine.open(config);
    }
}

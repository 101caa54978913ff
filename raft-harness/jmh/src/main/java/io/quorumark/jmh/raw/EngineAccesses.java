package io.quorumark.jmh.raw;

import io.quorumark.campaign.engine.Engines;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.Keyspace;
import io.quorumark.jmh.SkippedBenchmark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Opens an engine one way or the other, both from the same configuration. */
final class EngineAccesses {
    /** Through the adapter. */
    static final String SPI = "spi";

    /** By the engine's own API. */
    static final String RAW = "raw";

    private static final List<Keyspace> KEYSPACES = Keyspace.listOf("kv");

    private EngineAccesses() {}

    /** With the least of the device in it that most engines have: a sync would hide the adapter. */
    static EngineAccess open(String engine, String api, Path parent) throws IOException {
        return open(engine, api, parent, Durability.PROCESS_CRASH);
    }

    /**
     * How either side opens an engine.
     *
     * @param durability the engine gets this level, or if it lacks it, the strongest one below
     */
    static EngineConfig config(EngineProvider provider, Path directory, Durability durability) {
        return EngineConfig.of(directory, KEYSPACES, provider.capabilities().strongestUpTo(durability));
    }

    /** @param parent an existing folder, in which the engine gets one of its own */
    static EngineAccess open(String engine, String api, Path parent, Durability durability) throws IOException {
        EngineProvider provider = Engines.onClassPath().require(engine);
        EngineConfig config = config(provider, parent.resolve(api), durability);
        return switch (api) {
            case SPI -> new SpiAccess(provider, config);
            case RAW -> {
                if (durability != Durability.PROCESS_CRASH) {
                    throw new SkippedBenchmark("durability is " + durability
                            + ", expected PROCESS_CRASH, which is all that raw code has; pass it with -p durability=");
                }
                Files.createDirectories(config.directory());
                yield raw(engine, config);
            }
            default -> throw new SkippedBenchmark("api is '" + api + "', expected spi or raw; pass it with -p api=");
        };
    }

    private static EngineAccess raw(String engine, EngineConfig config) {
        return switch (engine) {
            case "rocksdb" -> new RawRocksDb(config);
            case "lmdb" -> new RawLmdb(config);
            case "mapdb" -> new RawMapDb(config);
            case "xodus" -> new RawXodus(config);
            case "memory" -> new BareSkipList();
            default ->
                throw new SkippedBenchmark(
                        "engine '" + engine
                                + "' has no raw code here, expected rocksdb, lmdb, mapdb, xodus or memory; write an EngineAccess for it");
        };
    }
}

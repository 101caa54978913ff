package io.quorumark.engine.lmdb;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.support.Options;
import java.util.EnumSet;
import java.util.Set;
import org.lmdbjava.EnvFlags;

/**
 * What an environment is opened with, the native options of the tuned track included.
 *
 * <p>This is the one place that says what becomes of the memory budget: nothing. LMDB has no cache to give it to. It reads through the
 * system's page cache, of which it takes what is free, and a write transaction keeps the pages it changes (at most 131,072 of them, 512 MiB
 * at 4 KiB each) until it commits. Only a memory cgroup around the process binds LMDB to a budget; so {@link KVEngine#effectiveOptions()}
 * has no part of it to read back, only the bounds of the file and of the reader table.
 *
 * @param mapBytes the largest size of the data file
 * @param maxReaders how many read transactions can be open at once; every session that reads, cursor and snapshot has one
 * @param flags of {@code mdb_env_open}
 */
record LmdbSettings(long mapBytes, int maxReaders, Set<EnvFlags> flags) {
    private static final int DEFAULT_MAX_READERS = 1_024;

    /** The map ends on a page boundary; 64 KiB is the largest page size of the platforms that LMDB runs on. */
    private static final long MAP_GRAIN_BYTES = 64 << 10;

    /** @throws EngineException.InvalidOption an option is unknown or its value is not accepted */
    static LmdbSettings of(EngineConfig config) {
        Options options = new Options(LmdbEngineProvider.ID, config);
        EnumSet<EnvFlags> flags = EnumSet.of(EnvFlags.MDB_NOTLS);
        if (config.durability() == Durability.PROCESS_CRASH) {
            flags.add(EnvFlags.MDB_NOSYNC);
        }
        if (options.flag("nordahead", false)) {
            flags.add(EnvFlags.MDB_NORDAHEAD);
        }
        if (options.flag("nomeminit", false)) {
            flags.add(EnvFlags.MDB_NOMEMINIT);
        }
        int maxReaders = (int) options.number("max_readers", DEFAULT_MAX_READERS, 1, 1 << 16);
        options.refuseUnknown();
        long grains = (config.maxDataBytes() + MAP_GRAIN_BYTES - 1) / MAP_GRAIN_BYTES;
        return new LmdbSettings(grains * MAP_GRAIN_BYTES, maxReaders, flags);
    }
}

package io.quorumark.engine.lmdb;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.support.Options;
import java.util.EnumSet;
import java.util.Set;
import org.lmdbjava.EnvFlags;

/**
 * What an environment is opened with, the native options of the tuned track included.
 *
 * <p>LMDB has no memory of its own to give a budget to: it reads through the page cache and writes from a few pages for each transaction. The memory budget is
 * therefore not split and not kept by the adapter; a memory cgroup keeps it from outside.
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

package io.quorumark.engine.rocksdb;

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
import io.quorumark.engine.support.NativeLibraries;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import org.rocksdb.RocksDB;

/**
 * RocksDB as an engine.
 *
 * <p>{@code POWER_LOSS} is a write with {@code sync}, {@code PROCESS_CRASH} one into the write-ahead log without it. {@code NONE}
 * writes no log at all and is taken
 * only if the engine was opened at {@code NONE}: a commit that bypasses the log between others that do not would be the one missing
 * after a crash. Such an engine
 * flushes all keyspaces atomically, so that a crash leaves the state of some earlier moment.
 *
 * <p>Transactions are RocksDB's optimistic ones: they hold no lock and are compared with other commits when they commit. Opened for
 * them, plain reads and writes cost
 * what they cost without; see {@link RocksDbSettings} for what that takes.
 *
 * <p>Native options: {@code compression} ({@code none}, {@code lz4}, {@code snappy}, {@code zstd}), {@code write_buffer_bytes}, {@code
 * block_bytes}, {@code bloom_bits}.
 */
public final class RocksDbEngineProvider implements EngineProvider {
    static final String ID = "rocksdb";

    /** RocksDB takes values up to 4 GiB; the SPI's buffers and the budget's write buffers are far below. */
    static final Limits LIMITS = new Limits(0, 8 << 20, 64 << 20);

    private static final Capabilities CAPABILITIES = new Capabilities(
            EnumSet.allOf(Durability.class),
            true,
            true,
            true,
            false,
            Set.of(
                    Ability.CONSTANT_TIME_SNAPSHOT,
                    Ability.CONSTANT_TIME_RANGE_DELETE,
                    Ability.CONCURRENT_WRITERS,
                    Ability.GROUP_COMMIT,
                    Ability.ONLINE_CHECKPOINT,
                    Ability.COMPACTION,
                    Ability.TRANSACTIONS,
                    Ability.INCREMENTAL_BACKUP,
                    Ability.INTEGRITY_CHECK,
                    Ability.VALUE_COMPRESSION),
            LIMITS);

    @Override
    public String id() {
        return ID;
    }

    @Override
    public EngineFacts facts() {
        return new EngineFacts(
                "RocksDB",
                "rocksdbjni " + libraryVersion(),
                "LSM tree",
                "Apache-2.0 OR GPL-2.0-only",
                Maintenance.ACTIVE,
                List.of());
    }

    @Override
    public Capabilities capabilities() {
        return CAPABILITIES;
    }

    @Override
    public List<String> backgroundThreads() {
        return List.of("rocksdb:");
    }

    @Override
    public boolean unpacksLibrary() {
        return true;
    }

    @Override
    public void checkOptions(EngineConfig config) {
        RocksDbSettings unused = RocksDbSettings.of(config);
    }

    @Override
    public KVEngine open(EngineConfig config) {
        RocksDbSettings settings = RocksDbSettings.of(config);
        loadLibrary(config.directory());
        return new RocksDbEngine(config, settings, DataFolder.prepare(config.directory()));
    }

    @Override
    public void restoreBackup(Path folder, int number, Path absentTarget) {
        loadLibrary(folder);
        new BackupFolder(folder).restore(number, absentTarget);
    }

    // RocksDB reports a library that it cannot unpack with a plain RuntimeException.
    private static void loadLibrary(Path directory) {
        try {
            RocksDB.loadLibrary();
        } catch (UnsatisfiedLinkError | RuntimeException e) {
            throw new EngineException.Unsupported(
                    ID,
                    directory,
                    NativeLibraries.whyNotLoaded(
                            Path.of(System.getProperty("java.io.tmpdir")),
                            "java.io.tmpdir",
                            e,
                            "use a platform that rocksdbjni supports"),
                    e);
        }
    }

    private static String libraryVersion() {
        Properties properties = new Properties();
        try (InputStream in = RocksDbEngineProvider.class.getResourceAsStream("library.properties")) {
            properties.load(Objects.requireNonNull(in, "library.properties"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("rocksdbjni");
    }
}

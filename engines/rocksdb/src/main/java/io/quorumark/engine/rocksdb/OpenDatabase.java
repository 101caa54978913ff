package io.quorumark.engine.rocksdb;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.support.FinishedWork;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.OptimisticTransactionDB;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Statistics;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** An open RocksDB and the native objects that all handles share: what they read, and the guards they repeat on every call. */
final class OpenDatabase {
    private static final int MAX_KEY_BYTES = RocksDbEngineProvider.LIMITS.maxKeyBytes();
    private static final int MAX_VALUE_BYTES = RocksDbEngineProvider.LIMITS.maxValueBytes();

    private final RocksDbErrors errors;
    private final Durability openedAt;
    private final NativeOptions options;
    private final OptimisticTransactionDB db;
    private final RocksDB base;
    private final Keyspace[] keyspaces;
    private final ColumnFamilyHandle[] families;
    private final ReadOptions readLatest = new ReadOptions();
    private final Map<Durability, WriteOptions> writeOptions;

    private OpenDatabase(
            RocksDbErrors errors,
            EngineConfig config,
            NativeOptions options,
            OptimisticTransactionDB db,
            List<ColumnFamilyHandle> families) {
        this.errors = errors;
        this.openedAt = config.durability();
        this.options = options;
        this.db = db;
        this.base = db.getBaseDB();
        this.keyspaces = config.keyspaces().toArray(Keyspace[]::new);
        this.families = families.toArray(ColumnFamilyHandle[]::new);
        this.writeOptions = writeOptionsByLevel(openedAt);
    }

    /** @param realDirectory existing and without symbolic links: RocksDB finds a second opening in one process by the path's text */
    static OpenDatabase open(EngineConfig config, RocksDbSettings settings, Path realDirectory) {
        RocksDbErrors errors = new RocksDbErrors(config.directory());
        NativeOptions options = new NativeOptions(config, settings);
        List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
        for (Keyspace keyspace : config.keyspaces()) {
            descriptors.add(new ColumnFamilyDescriptor(nameOf(keyspace), options.columnFamily()));
        }
        if (config.keyspaces().stream().noneMatch(OpenDatabase::isDefault)) {
            descriptors.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, options.columnFamily()));
        }
        List<ColumnFamilyHandle> families = new ArrayList<>();
        try {
            OptimisticTransactionDB db =
                    OptimisticTransactionDB.open(options.database(), realDirectory.toString(), descriptors, families);
            return new OpenDatabase(errors, config, options, db, families);
        } catch (RocksDBException e) {
            options.close();
            throw errors.ofOpening(e);
        }
    }

    private static byte[] nameOf(Keyspace keyspace) {
        return keyspace.name().getBytes(StandardCharsets.US_ASCII);
    }

    /** RocksDB always has a column family of this name and insists on opening it. */
    private static boolean isDefault(Keyspace keyspace) {
        return keyspace.name().equals(new String(RocksDB.DEFAULT_COLUMN_FAMILY, StandardCharsets.US_ASCII));
    }

    /**
     * By level. A commit that bypasses the log leaves a hole in it: after a crash, later commits would be back and this one not. So
     * {@code NONE} is taken only if every commit is at {@code NONE}.
     */
    private static Map<Durability, WriteOptions> writeOptionsByLevel(Durability openedAt) {
        Map<Durability, WriteOptions> byLevel = new EnumMap<>(Durability.class);
        switch (openedAt) {
            case NONE -> byLevel.put(Durability.NONE, new WriteOptions().setDisableWAL(true));
            case PROCESS_CRASH -> byLevel.put(Durability.PROCESS_CRASH, new WriteOptions());
            case POWER_LOSS -> {
                byLevel.put(Durability.PROCESS_CRASH, new WriteOptions());
                byLevel.put(Durability.POWER_LOSS, new WriteOptions().setSync(true));
            }
        }
        return byLevel;
    }

    OptimisticTransactionDB db() {
        return db;
    }

    /**
     * Writes a batch to the database under the transactions, which see it and conflict with it: their own way in refuses range deletes.
     * Everything else goes through {@link #db}, because the Java API never frees an iterator of a database that is a part of another.
     */
    void write(WriteOptions writeOptions, WriteBatch changes) throws RocksDBException {
        base.write(writeOptions, changes);
    }

    ReadOptions readLatest() {
        return readLatest;
    }

    RocksDbErrors errors() {
        return errors;
    }

    FinishedWork finishedWork() {
        return options.finishedWork();
    }

    Statistics statistics() {
        return options.statistics();
    }

    /** All column families, the default one included if no keyspace has that name. */
    List<ColumnFamilyHandle> families() {
        return List.of(families);
    }

    /** @throws IllegalArgumentException the keyspace is not one of this engine */
    ColumnFamilyHandle family(Keyspace keyspace) {
        int ordinal = keyspace.ordinal();
        if (ordinal >= keyspaces.length || !keyspaces[ordinal].equals(keyspace)) {
            throw new IllegalArgumentException("keyspace '" + keyspace.name() + "' (" + ordinal
                    + ") is not of the engine at " + errors.directory() + ", expected one of "
                    + Arrays.toString(keyspaces) + "; take it from keyspaces()");
        }
        return families[ordinal];
    }

    /** @throws EngineException.Unsupported this engine does not commit at that level */
    WriteOptions writeOptions(Durability durability) {
        WriteOptions found = writeOptions.get(durability);
        if (found == null) {
            throw new EngineException.Unsupported(
                    RocksDbEngineProvider.ID,
                    errors.directory(),
                    "a commit at " + durability + " does not go with an engine opened at " + openedAt
                            + ": NONE keeps no log, and the others keep one without holes; open it at "
                            + durability);
        }
        return found;
    }

    /** Those of the level that the engine was opened at. */
    WriteOptions strongestWriteOptions() {
        return writeOptions(openedAt);
    }

    /** @throws EngineException.LimitExceeded the key is too long */
    void checkKey(ByteBuffer key) {
        if (key.remaining() > MAX_KEY_BYTES) {
            throw tooLong("key", key.remaining(), MAX_KEY_BYTES);
        }
    }

    /** @throws EngineException.LimitExceeded the value is too long */
    void checkValue(ByteBuffer value) {
        if (value.remaining() > MAX_VALUE_BYTES) {
            throw tooLong("value", value.remaining(), MAX_VALUE_BYTES);
        }
    }

    private EngineException.LimitExceeded tooLong(String what, int bytes, int maxBytes) {
        return new EngineException.LimitExceeded(
                RocksDbEngineProvider.ID,
                errors.directory(),
                "the " + what + " has " + bytes + " bytes, expected at most " + maxBytes + "; shorten it");
    }

    /** Frees everything. Only after every handle on it was closed. */
    void close() {
        // A transaction database neither closes the families that it was opened with nor lets go of the folder before
        // they are closed.
        for (ColumnFamilyHandle family : families) {
            family.close();
        }
        try {
            db.closeE();
        } catch (RocksDBException e) {
            throw errors.ofClosing(e);
        } finally {
            readLatest.close();
            writeOptions.values().forEach(WriteOptions::close);
            options.close();
        }
    }
}

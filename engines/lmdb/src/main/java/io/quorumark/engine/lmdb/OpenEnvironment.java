package io.quorumark.engine.lmdb;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.support.ClaimedFolder;
import io.quorumark.engine.support.HandleChecks;
import io.quorumark.engine.support.OneWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.lmdbjava.ByteBufferProxy;
import org.lmdbjava.Dbi;
import org.lmdbjava.DbiFlags;
import org.lmdbjava.Env;
import org.lmdbjava.EnvFlags;
import org.lmdbjava.EnvInfo;
import org.lmdbjava.LmdbException;
import org.lmdbjava.Txn;

/** An open LMDB environment with one named database for each keyspace, and the guards that all handles repeat on every call. */
final class OpenEnvironment {
    /** The pages by {@code fdatasync}, then the page that names them through a descriptor that syncs each write. */
    private static final int SYNCS_PER_COMMIT = 2;

    private final LmdbErrors errors;
    private final Durability openedAt;
    private final ClaimedFolder folder;
    private final Env<ByteBuffer> env;
    private final HandleChecks checks;
    private final List<Dbi<ByteBuffer>> databases;

    private final OneWriter writer;
    private final long openedAtTransaction;
    private final LongAdder forcedSyncs = new LongAdder();

    private OpenEnvironment(
            EngineConfig config, ClaimedFolder folder, Env<ByteBuffer> env, List<Dbi<ByteBuffer>> databases) {
        this.errors = new LmdbErrors(config.directory());
        this.openedAt = config.durability();
        this.folder = folder;
        this.env = env;
        this.checks = new HandleChecks(LmdbEngineProvider.ID, config, LmdbEngineProvider.LIMITS);
        this.writer = new OneWriter(checks);
        this.databases = databases;
        this.openedAtTransaction = env.info().lastTransactionId;
    }

    /** @param folder taken for this environment, which gives it back when it closes; still the caller's if this throws */
    static OpenEnvironment open(EngineConfig config, LmdbSettings settings, ClaimedFolder folder) {
        LmdbErrors errors = new LmdbErrors(config.directory());
        try {
            IntegrityCheck.beforeOpening(errors, folder.path().resolve(DataFolder.DATA_FILE));
            ReaderTable.reserve(folder.path(), settings.maxReaders());
            Env<ByteBuffer> env = Env.create(ByteBufferProxy.PROXY_OPTIMAL)
                    .setMapSize(settings.mapBytes())
                    .setMaxDbs(config.keyspaces().size())
                    .setMaxReaders(settings.maxReaders())
                    .open(folder.path().toFile(), settings.flags().toArray(EnvFlags[]::new));
            try {
                return new OpenEnvironment(config, folder, env, openDatabases(config, env));
            } catch (LmdbException | EngineException e) {
                env.close();
                throw e;
            }
        } catch (LmdbException e) {
            throw errors.of("opening", e);
        } catch (IOException e) {
            throw errors.of("opening", e);
        }
    }

    private static List<Dbi<ByteBuffer>> openDatabases(EngineConfig config, Env<ByteBuffer> env) {
        List<String> known = config.keyspaces().stream().map(Keyspace::name).toList();
        for (byte[] name : env.getDbiNames()) {
            String found = new String(name, StandardCharsets.US_ASCII);
            if (!known.contains(found)) {
                throw new EngineException.Corruption(
                        LmdbEngineProvider.ID,
                        config.directory(),
                        "the folder does not fit: it has a database '" + found
                                + "'; open it with the keyspaces it was made with",
                        null);
            }
        }
        List<Dbi<ByteBuffer>> databases = new ArrayList<>();
        try (Txn<ByteBuffer> txn = env.txnWrite()) {
            for (String name : known) {
                byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
                databases.add(env.openDbi(txn, bytes, null, false, DbiFlags.MDB_CREATE));
            }
            txn.commit();
        }
        return List.copyOf(databases);
    }

    Env<ByteBuffer> env() {
        return env;
    }

    HandleChecks checks() {
        return checks;
    }

    /** Held through a write transaction. LMDB has a lock of its own for that; this one shows in thread dumps and lets threads park. */
    OneWriter writer() {
        return writer;
    }

    LmdbErrors errors() {
        return errors;
    }

    Path path() {
        return folder.path();
    }

    Path dataFile() {
        return folder.path().resolve(DataFolder.DATA_FILE);
    }

    /** @throws IllegalArgumentException the keyspace is not one of this engine */
    Dbi<ByteBuffer> database(Keyspace keyspace) {
        return databases.get(checks.ordinalOf(keyspace));
    }

    List<Dbi<ByteBuffer>> databases() {
        return databases;
    }

    /** @throws EngineException.Stalled all reader slots are taken */
    Txn<ByteBuffer> beginRead() {
        try {
            return env.txnRead();
        } catch (LmdbException e) {
            throw errors.of("beginning a read transaction", e);
        }
    }

    /** Makes every commit that returned durable, whatever the level of the environment. */
    void sync() {
        env.sync(true);
        forcedSyncs.increment();
    }

    /** Since the environment was opened. LMDB counts its commits alone; what one of them syncs follows from the level. */
    long syncs(EnvInfo info) {
        long commits = info.lastTransactionId - openedAtTransaction;
        return forcedSyncs.sum() + (openedAt == Durability.POWER_LOSS ? commits * SYNCS_PER_COMMIT : 0);
    }

    /** @throws EngineException.Unsupported this engine does not commit at that level */
    void checkLevel(Durability durability) {
        if (durability != openedAt) {
            throw new EngineException.Unsupported(
                    LmdbEngineProvider.ID,
                    errors.directory(),
                    "a commit at " + durability + " does not go with an environment opened at " + openedAt
                            + ", which syncs either every commit or none; open it at " + durability);
        }
    }

    /** Unmaps the data and gives the folder back. Only after every handle on it was closed. */
    void close() throws IOException {
        env.close();
        folder.close();
    }
}

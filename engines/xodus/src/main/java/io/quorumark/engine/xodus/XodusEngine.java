package io.quorumark.engine.xodus;

import io.quorumark.engine.Ability;
import io.quorumark.engine.BackgroundWork;
import io.quorumark.engine.Backup;
import io.quorumark.engine.Checkpoint;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.EngineStats;
import io.quorumark.engine.Health;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Limits;
import io.quorumark.engine.Reader;
import io.quorumark.engine.Session;
import io.quorumark.engine.support.FinishedWork;
import io.quorumark.engine.support.Handles;
import io.quorumark.engine.support.HeapBatch.Change;
import io.quorumark.engine.support.HeapSession;
import io.quorumark.engine.support.Unclaimed;
import io.quorumark.engine.support.Undisturbed;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import jetbrains.exodus.ByteIterable;
import jetbrains.exodus.env.EnvironmentImpl;
import jetbrains.exodus.env.Store;
import jetbrains.exodus.env.Transaction;

/** An open Xodus environment with one store per keyspace. */
final class XodusEngine implements KVEngine, HeapSession.Engine {
    private final EngineConfig config;
    private final XodusFolder folder;
    private final XodusErrors errors;
    private final EnvironmentImpl environment;
    private final Store[] stores;
    private final Handles children;
    private final CopyOnWriteArrayList<XodusSession> sessions = new CopyOnWriteArrayList<>();
    private final long openedAtAddress;
    private final LongAdder forcedSyncs = new LongAdder();
    private final FinishedWork work = new FinishedWork();

    /** Held for reading by calls that must not meet a close, for writing by close; no session's data path touches it. */
    private final ReentrantReadWriteLock lifecycle = new ReentrantReadWriteLock();

    private XodusEngine(
            EngineConfig config, XodusFolder folder, XodusErrors errors, EnvironmentImpl environment, Store[] stores) {
        this.config = config;
        this.folder = folder;
        this.errors = errors;
        this.environment = environment;
        this.stores = stores;
        this.children = new Handles("engine " + this);
        CollectorTimes.tell(environment.getGC(), work);
        this.openedAtAddress = environment.getLog().getHighAddress();
    }

    static XodusEngine open(EngineConfig config) {
        XodusErrors errors = new XodusErrors(config.directory());
        XodusFolder folder = XodusFolder.claim(config.directory(), errors);
        try {
            // Xodus takes an interrupt for damage while it opens.
            return Undisturbed.call("xodus-open", () -> {
                EnvironmentImpl environment = folder.openEnvironment(config);
                return new XodusEngine(config, folder, errors, environment, folder.openStores(environment, config));
            });
        } catch (RuntimeException e) {
            folder.release();
            throw e;
        }
    }

    @Override
    public List<Keyspace> keyspaces() {
        return config.keyspaces();
    }

    @Override
    public Session openSession() {
        return whileOpen(() -> {
            XodusSession session = new XodusSession(this);
            children.add(session, "session");
            sessions.add(session);
            return session;
        });
    }

    @Override
    public void sync() {
        whileOpen(() -> {
            try {
                environment.flushAndSync();
                forcedSyncs.increment();
            } catch (RuntimeException e) {
                throw errors.translate("sync", e);
            }
            folder.force();
            return true;
        });
    }

    @Override
    public Checkpoint checkpoint(Path absentTarget) {
        return whileOpen(() -> new XodusCheckpoint(environment, errors).writeTo(absentTarget));
    }

    @Override
    public void compact() {
        whileOpen(() -> {
            sessions.forEach(XodusSession::endIdleRead);
            long startNanos = System.nanoTime();
            new XodusCollection(environment, errors).run();
            work.ended(BackgroundWork.Kind.COMPACTION, startNanos);
            return true;
        });
    }

    @Override
    public Backup backup(Path backups) {
        return whileOpen(() -> {
            throw Unclaimed.refuse(XodusEngineProvider.ID, config.directory(), Ability.INCREMENTAL_BACKUP);
        });
    }

    @Override
    public void verify() {
        whileOpen(() -> {
            try {
                new XodusWalk(environment, errors).over(stores);
            } catch (RuntimeException e) {
                throw errors.translateVerify(e);
            }
            return true;
        });
    }

    @Override
    public Health health() {
        return whileOpen(() -> XodusHealth.of(environment, folder.realPath()));
    }

    @Override
    public EngineStats stats() {
        return whileOpen(() -> XodusStats.of(environment, openedAtAddress, forcedSyncs.sum()));
    }

    @Override
    public List<BackgroundWork> takeBackgroundWork() {
        return work.take();
    }

    @Override
    public Map<String, String> effectiveOptions() {
        return whileOpen(() -> XodusSettings.inForce(environment.getEnvironmentConfig()));
    }

    @Override
    public void close() {
        lifecycle.writeLock().lock();
        try {
            if (children.close()) {
                try {
                    Undisturbed.call("xodus-close", () -> {
                        environment.close();
                        return true;
                    });
                } catch (RuntimeException e) {
                    throw errors.translate("close", e);
                } finally {
                    folder.release();
                }
            }
        } finally {
            lifecycle.writeLock().unlock();
        }
    }

    void forget(XodusSession session) {
        sessions.remove(session);
        children.remove(session);
    }

    XodusErrors errors() {
        return errors;
    }

    /** @throws IllegalArgumentException the keyspace is not of this engine */
    Store store(Keyspace keyspace) {
        return stores[ordinalOf(keyspace)];
    }

    @Override
    public int ordinalOf(Keyspace keyspace) {
        int ordinal = keyspace.ordinal();
        if (ordinal >= stores.length || !config.keyspaces().get(ordinal).equals(keyspace)) {
            throw new IllegalArgumentException(
                    keyspace + " is not of this engine, expected one of " + config.keyspaces());
        }
        return ordinal;
    }

    Transaction beginWrite() {
        try {
            return environment.beginTransaction();
        } catch (RuntimeException e) {
            throw errors.translate("begin of a transaction", e);
        }
    }

    Transaction beginRead() {
        try {
            return environment.beginReadonlyTransaction();
        } catch (RuntimeException e) {
            throw errors.translate("begin of a read", e);
        }
    }

    /** Whether nothing was committed since the transaction began. The log's end moves before a commit is acknowledged. */
    boolean isLatest(Transaction transaction) {
        return transaction.getHighAddress() == environment.getLog().getHighAddress();
    }

    int get(Keyspace keyspace, Transaction transaction, ByteBuffer key, ByteBuffer target) {
        Store store = store(keyspace);
        try {
            // A key of its own each time: Xodus keeps it in its cache of lookups.
            ByteIterable value = store.get(transaction, Bytes.copyOf(key));
            if (value == null) {
                return Reader.NOT_FOUND;
            }
            int length = value.getLength();
            if (length <= target.remaining()) {
                Bytes.read(value, length, target);
            }
            return length;
        } catch (RuntimeException e) {
            throw errors.translate("get", e);
        }
    }

    /** Applies the changes in one transaction, durable at {@code durability} on return. */
    @Override
    public void commit(List<Change> changes, Durability durability) {
        checkLevel(durability);
        if (changes.isEmpty()) {
            return;
        }
        try {
            environment.executeInExclusiveTransaction(transaction -> {
                for (Change change : changes) {
                    Changes.apply(change, stores[change.keyspaceOrdinal()], transaction);
                }
            });
        } catch (RuntimeException e) {
            throw errors.translate("commit", e);
        }
        endIdleReads();
    }

    /** @throws io.quorumark.engine.EngineException.Unsupported the engine was opened at another level */
    void checkLevel(Durability durability) {
        if (durability != config.durability()) {
            throw errors.wrongDurability(durability, config.durability());
        }
    }

    /** To be called after a commit. */
    void endIdleReads() {
        for (XodusSession session : sessions) {
            session.endIdleRead();
        }
    }

    @Override
    public void checkKey(ByteBuffer key) {
        if (key.remaining() > XodusEngineProvider.MAX_KEY_BYTES) {
            throw errors.tooLong("key", key.remaining(), XodusEngineProvider.MAX_KEY_BYTES);
        }
    }

    @Override
    public EngineException closed(String handle) {
        return errors.closed(handle);
    }

    @Override
    public void checkValue(ByteBuffer value) {
        if (value.remaining() > Limits.PORTABLE_MAX_VALUE_BYTES) {
            throw errors.tooLong("value", value.remaining(), Limits.PORTABLE_MAX_VALUE_BYTES);
        }
    }

    @Override
    public String toString() {
        return XodusEngineProvider.ID + " at " + config.directory();
    }

    private <T> T whileOpen(Supplier<T> call) {
        lifecycle.readLock().lock();
        try {
            if (children.isClosed()) {
                throw errors.closed("engine");
            }
            return call.get();
        } finally {
            lifecycle.readLock().unlock();
        }
    }
}

package io.quorumark.engine.memory;

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
import io.quorumark.engine.Session;
import io.quorumark.engine.support.ClaimedFolder;
import io.quorumark.engine.support.DiskRoom;
import io.quorumark.engine.support.Handles;
import io.quorumark.engine.support.Unclaimed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The open engine: one writer at a time behind a lock, readers without. Calls here hold {@code inUse} for reading, so that closing waits
 * for calls of other threads; no session's data path touches it.
 */
final class MemoryEngine implements KVEngine {
    private static final int PERCENT_FREE_WANTED = 5;

    private final EngineConfig config;
    private final MemorySettings settings;
    private final ClaimedFolder folder;
    private final Store store;
    private final WriteAheadLog log;
    private final Compaction compaction;
    private final ReentrantLock writer = new ReentrantLock();
    private final Handles handles;
    private final ReentrantReadWriteLock inUse = new ReentrantReadWriteLock();
    private final GroupCommit groups = new GroupCommit(new GroupCommit.Steps() {
        @Override
        public long apply(MemoryBatch batch, @Nullable MemoryTransaction transaction) {
            return MemoryEngine.this.apply(batch, Durability.POWER_LOSS, transaction);
        }

        @Override
        public void force(long sequence) {
            log.awaitDurable(sequence);
        }
    });
    private final @Nullable PeriodicSync periodicSync;
    private final String recoveryFinding;
    /** Of the last commit; guarded by the writer's lock. */
    private long lastSequence;

    private MemoryEngine(
            EngineConfig config,
            MemorySettings settings,
            ClaimedFolder folder,
            Recovery.Recovered recovered,
            WriteAheadLog log) {
        this.config = config;
        this.settings = settings;
        this.folder = folder;
        this.store = recovered.store();
        this.log = log;
        this.lastSequence = recovered.lastSequence();
        this.recoveryFinding = recovered.finding();
        this.handles = new Handles("engine " + MemoryEngineProvider.ID + " at " + config.directory());
        this.compaction = new Compaction(folder.path(), store, log, settings);
        this.periodicSync =
                settings.sync() == LogSync.PERIODIC ? PeriodicSync.start(log, settings.syncInterval()) : null;
        store.publish(lastSequence);
    }

    static MemoryEngine open(EngineConfig config, MemorySettings settings) {
        ClaimedFolder folder = HeldFolder.claim(config.directory(), config.keyspaces(), settings.key());
        try {
            Recovery.Recovered recovered =
                    Recovery.run(folder.path(), config.keyspaces().size(), settings.key());
            WriteAheadLog log =
                    new WriteAheadLog(folder.path(), settings, config.durability(), recovered.lastSequence());
            return new MemoryEngine(config, settings, folder, recovered, log);
        } catch (IOException e) {
            folder.closeAfter(e);
            throw MemoryErrors.ofRead(config.directory(), config.directory(), e);
        } catch (RuntimeException | Error e) {
            folder.closeAfter(e);
            throw e;
        }
    }

    @Override
    public List<Keyspace> keyspaces() {
        return config.keyspaces();
    }

    @Override
    public Session openSession() {
        return whileOpen(() -> handles.add(new MemorySession(this), "session"));
    }

    void forget(MemorySession session) {
        handles.remove(session);
    }

    /**
     * Applies a batch's record in one commit, as durable as asked on return. Does nothing if it is empty.
     *
     * @param transaction whose writes these are; null for none
     * @throws EngineException.Conflict another commit came before the transaction's
     */
    void commit(MemoryBatch batch, Durability durability, @Nullable MemoryTransaction transaction) {
        checkOpen();
        if (!config.durability().isAtLeast(durability)) {
            throw new EngineException.Unsupported(
                    MemoryEngineProvider.ID,
                    config.directory(),
                    "opened for commits up to " + config.durability() + ", asked for " + durability
                            + "; open it with the stronger level");
        }
        if (batch.operationCount() == 0) {
            return;
        }
        if (durability == Durability.POWER_LOSS && settings.sync() == LogSync.GROUP) {
            groups.commit(batch, transaction);
            return;
        }
        long sequence = apply(batch, durability, transaction);
        if (durability == Durability.POWER_LOSS) {
            log.awaitDurable(sequence);
        }
    }

    /**
     * Writes one commit to the log, as durable as asked but for the device, and applies it; or throws, and nothing has happened, save for
     * one that fails while it is applied: the log has that one, and the engine takes and shows nothing any more.
     */
    private long apply(MemoryBatch batch, Durability durability, @Nullable MemoryTransaction transaction) {
        writer.lock();
        try {
            store.requireWhole();
            if (transaction != null) {
                transaction.checkUntouchedByOthers();
            }
            long sequence = lastSequence + 1;
            log.append(batch.record(), batch.length(), sequence, durability);
            lastSequence = sequence;
            applyToStore(batch, sequence);
            compaction.startWhereDue(sequence);
            return sequence;
        } finally {
            writer.unlock();
        }
    }

    private void applyToStore(MemoryBatch batch, long sequence) {
        try {
            store.apply(batch.record(), LogRecord.HEADER_BYTES, batch.length(), sequence);
        } catch (RuntimeException | Error e) {
            throw MemoryErrors.halfApplied(config.directory(), e);
        }
    }

    @Override
    public void sync() {
        whileOpen(() -> {
            log.awaitDurable(flush());
            return true;
        });
    }

    /** @return the last commit, which the operating system has with all before it */
    private long flush() {
        writer.lock();
        try {
            log.flush(lastSequence);
            return lastSequence;
        } finally {
            writer.unlock();
        }
    }

    @Override
    public Checkpoint checkpoint(Path absentTarget) {
        return whileOpen(() -> {
            long sequence = store.pin();
            try {
                return CheckpointCopy.write(config, settings, store, sequence, absentTarget);
            } finally {
                store.unpin(sequence);
            }
        });
    }

    @Override
    public void compact() {
        whileOpen(() -> {
            while (!startCompaction()) {
                compaction.await(); // the one that runs began before some of the commits that this one covers
            }
            compaction.await();
            return true;
        });
    }

    private boolean startCompaction() {
        writer.lock();
        try {
            return compaction.start(lastSequence);
        } finally {
            writer.unlock();
        }
    }

    @Override
    public Backup backup(Path folder) {
        checkOpen();
        throw Unclaimed.refuse(MemoryEngineProvider.ID, config.directory(), Ability.INCREMENTAL_BACKUP);
    }

    @Override
    public void verify() {
        whileOpen(() -> {
            verifyFiles();
            return true;
        });
    }

    private void verifyFiles() {
        try {
            compaction.undisturbed(() -> {
                Path newestLog;
                long newestLogBytes;
                writer.lock();
                try {
                    log.flush(lastSequence);
                    newestLog = log.path();
                    newestLogBytes = log.fileBytes();
                } finally {
                    writer.unlock();
                }
                IntegrityCheck.run(folder.path(), store.keyspaceCount(), settings.key(), newestLog, newestLogBytes);
                return null;
            });
        } catch (IOException e) {
            throw MemoryErrors.ofRead(config.directory(), config.directory(), e);
        }
    }

    @Override
    public Health health() {
        return whileOpen(this::healthNow);
    }

    private Health healthNow() {
        IOException broken = log.broken();
        if (broken != null) {
            return new Health(
                    Health.Status.FAILED,
                    List.of("the log could not be forced (" + broken.getMessage()
                            + "): whether the last commits survive power loss is unknown; close and reopen"));
        }
        Throwable damage = store.damage();
        if (damage != null) {
            return new Health(
                    Health.Status.FAILED,
                    List.of("a commit failed half-way (" + damage + "): close the engine and open it again"));
        }
        List<String> findings = new ArrayList<>();
        if (!recoveryFinding.isEmpty()) {
            findings.add(recoveryFinding);
        }
        Throwable failure = compaction.failure();
        if (failure != null) {
            findings.add("the last snapshot of the log failed (" + failure.getMessage()
                    + "): the log grows and nothing is lost; make room, then compact");
        }
        DiskRoom.findingOf(folder.path(), PERCENT_FREE_WANTED).ifPresent(findings::add);
        return findings.isEmpty() ? Health.GOOD : new Health(Health.Status.DEGRADED, findings);
    }

    @Override
    public EngineStats stats() {
        return whileOpen(() -> new EngineStats(List.of(
                new EngineStats.Entry("data.keys", "count", EngineStats.Kind.GAUGE, store.keys()),
                new EngineStats.Entry("data.live.bytes", "bytes", EngineStats.Kind.GAUGE, store.liveBytes()),
                new EngineStats.Entry("data.held.bytes", "bytes", EngineStats.Kind.GAUGE, store.heldBytes()),
                new EngineStats.Entry("log.file.bytes", "bytes", EngineStats.Kind.GAUGE, log.fileBytes()),
                new EngineStats.Entry("log.written.bytes", "bytes", EngineStats.Kind.COUNTER, log.bytesWritten()),
                new EngineStats.Entry("log.syncs", "count", EngineStats.Kind.COUNTER, log.syncs()),
                new EngineStats.Entry("compaction.count", "count", EngineStats.Kind.COUNTER, compaction.finished()),
                new EngineStats.Entry("compaction.nanos", "nanoseconds", EngineStats.Kind.COUNTER, compaction.nanos()),
                new EngineStats.Entry(
                        "compaction.written.bytes", "bytes", EngineStats.Kind.COUNTER, compaction.writtenBytes()))));
    }

    @Override
    public List<BackgroundWork> takeBackgroundWork() {
        return compaction.finishedWork().take();
    }

    @Override
    public Map<String, String> effectiveOptions() {
        checkOpen();
        Map<String, String> options = new TreeMap<>(settings.inForce());
        options.put("durability", config.durability().code());
        options.put("memory_budget", "not applicable: all data is on the heap");
        options.put("heap_max_bytes", Long.toString(Runtime.getRuntime().maxMemory()));
        return options;
    }

    @Override
    public void close() {
        inUse.writeLock().lock();
        try {
            if (handles.close()) {
                closeFiles();
            }
        } finally {
            inUse.writeLock().unlock();
        }
    }

    private void closeFiles() {
        try (folder;
                log;
                compaction) {
            if (periodicSync != null) {
                periodicSync.close();
            }
            long unused = flush();
        } catch (IOException e) {
            throw MemoryErrors.ofWrite(config.directory(), config.directory(), e);
        }
    }

    Path directory() {
        return config.directory();
    }

    Store store() {
        return store;
    }

    int ordinalOf(Keyspace keyspace) {
        int ordinal = keyspace.ordinal();
        if (ordinal >= store.keyspaceCount() || !config.keyspaces().get(ordinal).equals(keyspace)) {
            throw new IllegalArgumentException(
                    keyspace + " is not of this engine, expected one of " + config.keyspaces());
        }
        return ordinal;
    }

    void checkKey(ByteBuffer key) {
        if (key.remaining() > MemoryEngineProvider.LIMITS.maxKeyBytes()) {
            throw tooLong("key", key, MemoryEngineProvider.LIMITS.maxKeyBytes());
        }
    }

    void checkValue(ByteBuffer value) {
        if (value.remaining() > MemoryEngineProvider.LIMITS.maxValueBytes()) {
            throw tooLong("value", value, MemoryEngineProvider.LIMITS.maxValueBytes());
        }
    }

    private EngineException.LimitExceeded tooLong(String what, ByteBuffer bytes, int max) {
        return new EngineException.LimitExceeded(
                MemoryEngineProvider.ID,
                config.directory(),
                what + " of " + bytes.remaining() + " bytes, expected at most " + max + "; shorten it");
    }

    private <T> T whileOpen(Supplier<T> call) {
        inUse.readLock().lock();
        try {
            checkOpen();
            return call.get();
        } finally {
            inUse.readLock().unlock();
        }
    }

    void checkOpen() {
        if (handles.isClosed()) {
            throw closed("engine");
        }
    }

    EngineException.Closed closed(String what) {
        return new EngineException.Closed(
                MemoryEngineProvider.ID, config.directory(), "this " + what + " is closed; open a new one");
    }
}

package io.quorumark.raft.jraft.log;

import com.alipay.sofa.jraft.conf.Configuration;
import com.alipay.sofa.jraft.conf.ConfigurationEntry;
import com.alipay.sofa.jraft.conf.ConfigurationManager;
import com.alipay.sofa.jraft.entity.EnumOutter.EntryType;
import com.alipay.sofa.jraft.entity.LogEntry;
import com.alipay.sofa.jraft.entity.LogId;
import com.alipay.sofa.jraft.entity.codec.LogEntryDecoder;
import com.alipay.sofa.jraft.entity.codec.LogEntryEncoder;
import com.alipay.sofa.jraft.entity.codec.v2.LogEntryV2CodecFactory;
import com.alipay.sofa.jraft.option.LogStorageOptions;
import io.quorumark.engine.Capabilities;
import io.quorumark.engine.Cursor;
import io.quorumark.engine.Durability;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Limits;
import io.quorumark.engine.Reader;
import io.quorumark.engine.Session;
import io.quorumark.engine.WriteBatch;
import io.quorumark.engine.support.BatchRoom;
import io.quorumark.raft.store.PooledSession;
import io.quorumark.raft.store.SessionPool;
import io.quorumark.raft.timing.Activity;
import io.quorumark.raft.timing.WriteStages;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A Raft log on an engine. Every change is one atomic commit, durable at the log's level when the call returns; if a batch cannot hold
 * it, it is several, and the log is whole after each: a shorter append, or a smaller truncation.
 *
 * <p>The first index is stored beside the entries, so that an empty log knows where it goes on: after a snapshot was installed, after a
 * restart, and on engines in which looking for the smallest key would walk over deleted ones.
 *
 * <p>A prefix that is cut off stays readable for {@link #CUT_GRACE_NANOS}, and is deleted after that, between appends: in bounded steps
 * ({@link LogCutter}), or at once if the engine deletes ranges in constant time. How far that has come is stored with each step, and goes
 * on after a restart.
 */
public final class EngineLogStorage extends ListedLog implements AutoCloseable {
    private static final ByteBuffer FIRST_INDEX = LogKeyspaces.metaKey("first-index");
    private static final ByteBuffer DELETED_BEFORE = LogKeyspaces.metaKey("deleted-before");

    private final KVEngine engine;
    private final Durability durability;
    private final WriteStages stages;
    private final Consumer<Throwable> failures;
    private final SessionPool readers;
    private final Session session;
    private final WriteBatch batch;
    private final BatchRoom room;
    private final ByteBuffer key;
    private final ByteBuffer rangeEnd;
    private final ByteBuffer number;
    private final ReentrantLock lock = new ReentrantLock();
    private final CutSteps steps;
    private final LogCutter cutter;
    private LogEntryEncoder encoder = LogEntryV2CodecFactory.getInstance().encoder();
    private LogEntryDecoder decoder = LogEntryV2CodecFactory.getInstance().decoder();
    private volatile long firstIndex = 1;
    private volatile long lastIndex;
    private long lastAdded;

    /** Entries from here up to the first index are cut off and not deleted yet. */
    private volatile long deletedBefore = 1;

    private boolean closed;

    /**
     * @param engine opened with {@link LogKeyspaces#ALL}, to be closed by the caller after this log
     * @param capabilities of the engine
     * @param durability what it was opened at
     * @param stages told when entries were encoded and committed
     * @param failures told why a call failed
     */
    public EngineLogStorage(
            KVEngine engine,
            Capabilities capabilities,
            Durability durability,
            WriteStages stages,
            Consumer<Throwable> failures) {
        this(engine, capabilities, durability, stages, failures, CUT_GRACE_NANOS);
    }

    /** @param cutGraceNanos how long what was cut off can still be read */
    EngineLogStorage(
            KVEngine engine,
            Capabilities capabilities,
            Durability durability,
            WriteStages stages,
            Consumer<Throwable> failures,
            long cutGraceNanos) {
        this.engine = engine;
        this.durability = durability;
        this.stages = stages;
        this.failures = failures;
        this.readers = new SessionPool(engine);
        this.session = engine.openSession();
        this.batch = session.newBatch();
        this.room = new BatchRoom(engine);
        this.key = session.allocate(Long.BYTES);
        this.rangeEnd = session.allocate(Long.BYTES);
        this.number = session.allocate(Long.BYTES);
        this.steps = CutSteps.of(capabilities, durability);
        this.cutter = new LogCutter(lock, steps, cutGraceNanos, new CutOff());
        try {
            readBounds();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        locked(() -> {
            if (undeletedEntries() > 0) {
                cutter.begin();
            }
            return true;
        });
    }

    private <T> T locked(Supplier<T> call) {
        lock.lock();
        try {
            return call.get();
        } finally {
            lock.unlock();
        }
    }

    /** Tells the library which configurations the log holds. Called once, before every other call of the library. */
    @Override
    public boolean init(LogStorageOptions options) {
        return locked(() -> {
            encoder = options.getLogEntryCodecFactory().encoder();
            decoder = options.getLogEntryCodecFactory().decoder();
            return replayConfigurations(options.getConfigurationManager());
        });
    }

    private void readBounds() {
        firstIndex = stored(FIRST_INDEX, 1);
        deletedBefore = stored(DELETED_BEFORE, firstIndex);
        lastIndex = firstIndex - 1;
        try (Cursor cursor = session.openCursor(LogKeyspaces.ENTRIES)) {
            if (cursor.last()) {
                lastIndex = Math.max(lastIndex, indexOf(cursor));
            }
        }
    }

    private long stored(ByteBuffer name, long otherwise) {
        number.clear();
        return session.get(LogKeyspaces.META, name.duplicate(), number) == Reader.NOT_FOUND
                ? otherwise
                : number.flip().getLong();
    }

    private boolean replayConfigurations(ConfigurationManager configurations) {
        try (Cursor cursor = session.openCursor(LogKeyspaces.CONFIGURATIONS)) {
            for (boolean on = cursor.seekCeiling(index(key, firstIndex)); on; on = cursor.next()) {
                byte[] bytes = new byte[cursor.value().remaining()];
                cursor.value().duplicate().get(bytes);
                LogEntry entry = decoder.decode(bytes);
                if (entry == null) {
                    throw new IllegalStateException("log entry " + indexOf(cursor) + " in " + engine
                            + " is not readable; remove the member's folder and let it join again");
                }
                configurations.add(configurationOf(entry));
            }
            return true;
        } catch (RuntimeException e) {
            failures.accept(e);
            return false;
        }
    }

    private static ConfigurationEntry configurationOf(LogEntry entry) {
        ConfigurationEntry configuration = new ConfigurationEntry();
        configuration.setId(new LogId(entry.getId().getIndex(), entry.getId().getTerm()));
        configuration.setConf(new Configuration(entry.getPeers(), entry.getLearners()));
        if (entry.getOldPeers() != null) {
            configuration.setOldConf(new Configuration(entry.getOldPeers(), entry.getOldLearners()));
        }
        return configuration;
    }

    @Override
    public long getFirstLogIndex() {
        return firstIndex;
    }

    /** One less than the first index if the log is empty. */
    @Override
    public long getLastLogIndex() {
        return lastIndex;
    }

    @Override
    public @Nullable LogEntry getEntry(long index) {
        if (index < deletedBefore || index > lastIndex) {
            return null;
        }
        PooledSession reader = readers.borrow();
        if (reader == null) {
            return null;
        }
        try {
            byte[] bytes = reader.getByIndex(LogKeyspaces.ENTRIES, index);
            return bytes == null ? null : decoder.decode(bytes);
        } catch (RuntimeException e) {
            failures.accept(e);
            return null;
        } finally {
            readers.release(reader);
        }
    }

    /** @return how many entries are now durable, from the first on: all, if nothing failed */
    @Override
    public int appendEntries(List<LogEntry> entries) {
        if (entries.isEmpty()) {
            return 0;
        }
        lock.lock();
        try {
            int done = 0;
            int appended;
            do {
                appended = append(entries.subList(done, entries.size()));
                done += appended;
            } while (appended > 0 && done < entries.size());
            return done;
        } finally {
            lock.unlock();
        }
    }

    /** As many as one batch holds. */
    private int append(List<LogEntry> entries) {
        long beganNanos = System.nanoTime();
        long first = entries.get(0).getId().getIndex();
        boolean appended = change(durability, () -> {
            for (int i = 0; i < entries.size() && add(entries.get(i)); i++) {
                lastAdded = entries.get(i).getId().getIndex();
            }
            stages.encoded(first, lastAdded, beganNanos, System.nanoTime());
        });
        if (!appended) {
            return 0;
        }
        stages.committed(first, lastAdded, System.nanoTime());
        lastIndex = lastAdded;
        return Math.toIntExact(lastAdded - first + 1);
    }

    /** @return false if the batch has no room for it */
    private boolean add(LogEntry entry) {
        byte[] bytes = encoder.encode(entry);
        boolean isConfiguration = entry.getType() == EntryType.ENTRY_TYPE_CONFIGURATION;
        long taken = Limits.changeBytes(Long.BYTES, bytes.length) * (isConfiguration ? 2 : 1);
        if (!room.takes(taken)) {
            return false;
        }
        room.add(taken);
        ByteBuffer encoded = ByteBuffer.wrap(bytes);
        index(key, entry.getId().getIndex());
        batch.put(LogKeyspaces.ENTRIES, key, encoded);
        if (isConfiguration) {
            batch.put(LogKeyspaces.CONFIGURATIONS, key, encoded);
        }
        return true;
    }

    @Override
    public boolean truncatePrefix(long firstIndexKept) {
        return locked(() -> cutTo(firstIndexKept));
    }

    /** Makes this the first index; what is before it is deleted later. */
    private boolean cutTo(long newFirstIndex) {
        long beganNanos = System.nanoTime();
        boolean cut = change(durability, () -> putBounds(newFirstIndex, deletedBefore));
        if (cut) {
            stages.activities().ended(Activity.LOG_CUT, beganNanos);
            firstIndex = newFirstIndex;
            lastIndex = Math.max(lastIndex, newFirstIndex - 1);
            cutter.begin();
        }
        return cut;
    }

    private void putBounds(long newFirstIndex, long newDeletedBefore) {
        batch.put(LogKeyspaces.META, FIRST_INDEX.duplicate(), index(number, newFirstIndex));
        batch.put(LogKeyspaces.META, DELETED_BEFORE.duplicate(), index(number, newDeletedBefore));
    }

    /** How many entries before the first index are still to be deleted. */
    public long undeletedEntries() {
        return Math.max(0, firstIndex - deletedBefore);
    }

    /** Whether a call waits for another one, or for a step. */
    boolean isAwaited() {
        return lock.hasQueuedThreads();
    }

    /** What a cut has left to delete. */
    private final class CutOff implements LogCutter.Garbage {
        @Override
        public long end() {
            return firstIndex;
        }

        @Override
        public boolean isLeftBefore(long end) {
            return deletedBefore < Math.min(firstIndex, end);
        }

        @Override
        public boolean delete(long end, int entries) {
            long to = Math.min(Math.min(firstIndex, end), deletedBefore + Math.min(entries, deletedAtOnce()));
            long beganNanos = System.nanoTime();
            boolean deleted = change(steps.durability(), () -> {
                EngineLogStorage.this.delete(deletedBefore, to);
                batch.put(LogKeyspaces.META, DELETED_BEFORE.duplicate(), index(number, to));
            });
            if (deleted) {
                stages.activities().ended(Activity.LOG_CUT, beganNanos);
                deletedBefore = to;
            }
            return deleted;
        }
    }

    @Override
    public boolean truncateSuffix(long lastIndexKept) {
        return locked(() -> {
            while (lastIndex - lastIndexKept > deletedAtOnce()) {
                if (!deleteFrom(lastIndex + 1 - deletedAtOnce())) {
                    return false;
                }
            }
            return deleteFrom(lastIndexKept + 1);
        });
    }

    private boolean deleteFrom(long index) {
        boolean deleted = change(durability, () -> delete(index, lastIndex + 1));
        if (deleted) {
            lastIndex = index - 1;
        }
        return deleted;
    }

    /** How many indexes a batch deletes: of an entry and a configuration each, with room for the bounds. */
    private long deletedAtOnce() {
        return Math.max(1, room.changesOf(Long.BYTES, Long.BYTES) / 2 - 2);
    }

    @Override
    public boolean reset(long nextIndex) {
        return locked(() -> {
            if (nextIndex <= lastIndex
                    && lastIndex + 1 - deletedBefore > deletedAtOnce()
                    && !truncateSuffix(nextIndex - 1)) {
                return false;
            }
            if (nextIndex > lastIndex) {
                return cutTo(nextIndex);
            }
            // entries from the next index on would be taken for the log's
            boolean reset = change(durability, () -> {
                delete(deletedBefore, lastIndex + 1);
                putBounds(nextIndex, nextIndex);
            });
            if (reset) {
                firstIndex = nextIndex;
                lastIndex = nextIndex - 1;
                deletedBefore = nextIndex;
            }
            return reset;
        });
    }

    private void delete(long fromIndex, long toIndex) {
        index(key, fromIndex);
        index(rangeEnd, toIndex);
        batch.deleteRange(LogKeyspaces.ENTRIES, key, rangeEnd);
        batch.deleteRange(LogKeyspaces.CONFIGURATIONS, key, rangeEnd);
    }

    private boolean change(Durability level, Runnable changes) {
        if (closed) {
            return false;
        }
        try {
            changes.run();
            session.commit(batch, level);
            return true;
        } catch (RuntimeException e) {
            failures.accept(e);
            return false;
        } finally {
            batch.clear();
            room.clear();
        }
    }

    /** Does nothing: the library calls it while its other threads may still read. {@link #close} frees the sessions. */
    @Override
    public void shutdown() {}

    /** Waits for reads to return, and frees the sessions; later calls find nothing. A second close does nothing. */
    @Override
    public void close() {
        readers.close();
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                cutter.close();
                batch.close();
                session.close();
            }
        } finally {
            lock.unlock();
        }
    }

    private static ByteBuffer index(ByteBuffer target, long index) {
        return target.clear().putLong(index).flip();
    }

    private static long indexOf(Cursor cursor) {
        ByteBuffer key = cursor.key();
        return key.getLong(key.position());
    }
}

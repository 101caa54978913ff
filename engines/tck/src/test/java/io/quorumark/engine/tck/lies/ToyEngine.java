package io.quorumark.engine.tck.lies;

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
import io.quorumark.engine.support.FinishedWork;
import io.quorumark.engine.support.Handles;
import io.quorumark.engine.support.NewFolder;
import io.quorumark.engine.support.NoRoom;
import io.quorumark.engine.support.Unclaimed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** The toy engine. Each commit makes new maps, so that whoever holds the old ones has a snapshot. */
final class ToyEngine implements KVEngine {
    private static final int HALTED = 3;

    private final EngineConfig config;
    private final Lie lie;
    private final ToyFile file;
    private final Handles handles;
    private final FinishedWork work = new FinishedWork();
    private volatile ToyState state;
    private volatile ToyState before;
    private volatile boolean closed;
    private volatile boolean fileClosed;
    private boolean synced;
    private volatile long commits;

    private ToyEngine(EngineConfig config, Lie lie) {
        this.config = config;
        this.lie = lie;
        this.handles = new Handles("engine toy at " + config.directory());
        this.state = ToyState.empty(config.keyspaces().size(), lie);
        this.before = state;
        ToyState recovered = state;
        this.file = ToyFile.open(
                config.directory(), lie, changes -> changes.forEach(change -> change.applyTo(recovered, lie)));
    }

    static ToyEngine open(EngineConfig config, Lie lie) {
        Path log = config.directory().resolve("toy.log");
        if (lie == Lie.UNTYPED_AFTER_KILL && log.toFile().length() > 0) {
            throw new IllegalStateException("toy.log is not empty");
        }
        return new ToyEngine(config, lie);
    }

    Durability durability() {
        return config.durability();
    }

    Lie lie() {
        return lie;
    }

    ToyState latest() {
        return state;
    }

    Supplier<ToyState> forSnapshot() {
        ToyState frozen = lie == Lie.STALE_SNAPSHOT ? before : state;
        long takenAt = commits;
        return lie == Lie.UNPROTECTED_SNAPSHOT ? () -> commits > takenAt + 100 ? state : frozen : () -> frozen;
    }

    synchronized void commit(List<ToyChange> changes, Durability durability) {
        checkOpen();
        boolean passes = lie == Lie.TAKES_ANY_LEVEL || (lie == Lie.EMPTY_AT_ANY_LEVEL && changes.isEmpty());
        if (durability != config.durability() && !passes) {
            throw new EngineException.Unsupported(
                    ToyProvider.ID, config.directory(), durability + " is not offered; ask for " + config.durability());
        }
        if (changes.isEmpty()) {
            return;
        }
        List<ToyChange> order = new ArrayList<>(changes);
        if (lie == Lie.REVERSED_BATCH) {
            Collections.reverse(order);
        }
        file.append(order);
        commits++;
        if (durability == Durability.POWER_LOSS && lie != Lie.SKIPPED_SYNC && lie != Lie.SKIPPED_MAPPED_SYNC) {
            file.force();
        }
        if (lie == Lie.TORN_BATCH) {
            for (ToyChange change : order) {
                ToyState step = state.copy();
                change.applyTo(step, lie);
                state = step;
                LockSupport.parkNanos(1_000);
            }
            return;
        }
        ToyState next = lie == Lie.SNAPSHOT_SEES_LATER_WRITES ? state : state.copy();
        order.forEach(change -> change.applyTo(next, lie));
        before = state;
        state = next;
        if (lie == Lie.SWALLOWS_INTERRUPT) {
            boolean unused = Thread.interrupted();
        }
        if (lie == Lie.REFUSES_WHAT_IT_DID && Thread.currentThread().isInterrupted()) {
            throw new EngineException.Interrupted(
                    ToyProvider.ID, config.directory(), "commit; clear the interrupt", null);
        }
    }

    int ordinalOf(Keyspace keyspace) {
        int ordinal = keyspace.ordinal();
        if (ordinal >= config.keyspaces().size()
                || !config.keyspaces().get(ordinal).equals(keyspace)) {
            throw new IllegalArgumentException(keyspace + " is not of this engine");
        }
        return ordinal;
    }

    void check(ByteBuffer key) {
        if (key.remaining() > ToyProvider.LIMITS.maxKeyBytes()) {
            throw new EngineException.LimitExceeded(
                    ToyProvider.ID, config.directory(), "key of " + key.remaining() + " bytes; shorten it");
        }
    }

    @Override
    public List<Keyspace> keyspaces() {
        return config.keyspaces();
    }

    @Override
    public Session openSession() {
        checkOpen();
        return handles.add(new ToySession(this, handles::remove), "session");
    }

    @Override
    public synchronized void sync() {
        checkOpen();
        if (lie == Lie.CLOSES_UNDER_CALLS && synced) {
            awaitClosing();
        }
        synced = true;
        if (lie != Lie.IDLE_SYNC) {
            file.force();
        }
    }

    @Override
    public Checkpoint checkpoint(Path absentTarget) {
        checkOpen();
        Path temporary = absentTarget.resolveSibling(absentTarget.getFileName() + ".unfinished");
        try {
            if (lie == Lie.INTERRUPTED_CHECKPOINT_STAYS
                    && Thread.currentThread().isInterrupted()) {
                Files.createDirectory(temporary);
                throw new EngineException.Interrupted(
                        ToyProvider.ID, config.directory(), "checkpoint; clear the interrupt", null);
            }
            if (lie == Lie.FIXED_TEMPORARY_NAME) {
                copyTo(temporary);
                Checkpoint sealed = Checkpoint.seal(ToyProvider.ID, temporary);
                Files.move(temporary, absentTarget);
                return new Checkpoint(absentTarget, sealed.bytes());
            }
            return NewFolder.checkpoint(ToyProvider.ID, absentTarget, this::copyTo);
        } catch (EngineException.Io e) {
            if (lie == Lie.LOSING_CHECKPOINT_STAYS) {
                boolean unused = temporary.toFile().mkdir();
            }
            throw e;
        } catch (IOException e) {
            String problem = "cannot be written (" + e + "); make room, or name another";
            throw NoRoom.isBehind(e)
                    ? new EngineException.Full(ToyProvider.ID, absentTarget, problem, e)
                    : new EngineException.Io(ToyProvider.ID, absentTarget, problem, e);
        }
    }

    private void copyTo(Path folder) throws IOException {
        Files.createDirectory(folder);
        Path copy = folder.resolve("toy.log");
        synchronized (this) {
            if (lie == Lie.LIVE_CHECKPOINT) {
                Files.createLink(copy, file.path());
            } else {
                Files.copy(file.path(), copy);
            }
        }
    }

    @Override
    public void compact() {
        if (lie != Lie.UNSUPPORTED_AFTER_CLOSE) {
            checkOpen();
        }
        if (lie.claimsCompaction()) {
            compactFile();
        } else if (lie != Lie.SWALLOWS_COMPACTION) {
            throw Unclaimed.refuse(ToyProvider.ID, config.directory(), Ability.COMPACTION);
        }
    }

    private synchronized void compactFile() {
        checkOpen();
        long startNanos = System.nanoTime();
        List<ToyChange> puts = new ArrayList<>();
        for (int i = 0; i < state.maps().size(); i++) {
            int ordinal = i;
            state.maps()
                    .get(i)
                    .forEach((key, value) ->
                            puts.add(new ToyChange('P', ordinal, ByteBuffer.wrap(key), ByteBuffer.wrap(value))));
        }
        file.replace(puts);
        if (lie == Lie.COMPACTION_BY_TIME_OF_DAY) {
            long endNanos = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
            work.add(new BackgroundWork(
                    BackgroundWork.Kind.COMPACTION, endNanos - (System.nanoTime() - startNanos), endNanos));
        } else if (lie != Lie.SILENT_COMPACTION) {
            work.ended(BackgroundWork.Kind.COMPACTION, startNanos);
        }
    }

    @Override
    public List<BackgroundWork> takeBackgroundWork() {
        List<BackgroundWork> taken = work.take();
        if (lie == Lie.COMPACTION_TOLD_AGAIN) {
            taken.forEach(work::add);
        }
        return taken;
    }

    @Override
    public Backup backup(Path folder) {
        checkOpen();
        throw Unclaimed.refuse(ToyProvider.ID, config.directory(), Ability.INCREMENTAL_BACKUP);
    }

    @Override
    public void verify() {
        checkOpen();
        if (lie == Lie.VERIFY_ENDS_THE_PROCESS && file.wasDamaged()) {
            Runtime.getRuntime().halt(HALTED);
        }
        if (lie == Lie.VERIFY_BLAMES_THE_DEVICE && file.wasDamaged()) {
            throw new EngineException.Io(ToyProvider.ID, config.directory(), "does not answer; check the device", null);
        }
        if (lie == Lie.VERIFY_TAKES_COMMITS_FOR_DAMAGE) {
            long begun = commits;
            LockSupport.parkNanos(1_000_000);
            if (commits != begun) {
                throw new EngineException.Corruption(
                        ToyProvider.ID, config.directory(), "changes; restore a checkpoint", null);
            }
        }
    }

    @Override
    public Health health() {
        checkOpen();
        return file.isGone() && lie != Lie.ALWAYS_HEALTHY
                ? new Health(Health.Status.FAILED, List.of("the file is gone; close the engine"))
                : Health.GOOD;
    }

    @Override
    public EngineStats stats() {
        checkOpen();
        double syncs = (lie == Lie.COUNTS_SYNCS_TWICE ? 2.0 : 1.0) * file.syncs();
        double keys = lie == Lie.SEVEN_KEYS
                ? 7
                : state.maps().stream().mapToInt(NavigableMap::size).sum();
        return new EngineStats(List.of(
                new EngineStats.Entry("data.keys", "count", EngineStats.Kind.GAUGE, keys),
                new EngineStats.Entry("log.syncs", "count", EngineStats.Kind.COUNTER, syncs)));
    }

    @Override
    public Map<String, String> effectiveOptions() {
        checkOpen();
        return Map.of("kind", "toy");
    }

    @Override
    public void close() {
        if (lie == Lie.CLOSES_OVER_CHILDREN && !closed) {
            closed = true;
            file.close();
            return;
        }
        if (lie == Lie.CLOSES_UNDER_CALLS) {
            closeFile();
            return;
        }
        synchronized (this) {
            closeFile();
        }
    }

    private void closeFile() {
        if (!closed && handles.close()) {
            closed = true;
            file.close();
            fileClosed = true;
        }
    }

    /** Lets other calls in meanwhile. */
    private void awaitClosing() {
        try {
            while (!fileClosed) {
                wait(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void checkOpen() {
        if (closed) {
            throw closed("engine");
        }
    }

    EngineException.Closed closed(String what) {
        return new EngineException.Closed(ToyProvider.ID, config.directory(), "this " + what + " is closed; open one");
    }
}

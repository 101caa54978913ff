package io.quorumark.engine.tck.lies;

import io.quorumark.engine.Ability;
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
import io.quorumark.engine.support.Handles;
import io.quorumark.engine.support.Unclaimed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** The toy engine. Each commit makes new maps, so that whoever holds the old ones has a snapshot. */
final class ToyEngine implements KVEngine {
    private final EngineConfig config;
    private final Lie lie;
    private final ToyFile file;
    private final Handles handles;
    private volatile ToyState state;
    private volatile ToyState before;
    private volatile boolean closed;

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

    ToyState forSnapshot() {
        return lie == Lie.STALE_SNAPSHOT ? before : state;
    }

    synchronized void commit(List<ToyChange> changes, Durability durability) {
        checkOpen();
        if (durability != config.durability() && lie != Lie.TAKES_ANY_LEVEL) {
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
    public void sync() {
        checkOpen();
        file.force();
    }

    @Override
    public Checkpoint checkpoint(Path absentTarget) {
        checkOpen();
        if (Files.exists(absentTarget, LinkOption.NOFOLLOW_LINKS)) {
            throw new EngineException.Io(ToyProvider.ID, config.directory(), "target exists; name another", null);
        }
        try {
            Files.createDirectory(absentTarget);
            synchronized (this) {
                Path copy = absentTarget.resolve("toy.log");
                if (lie == Lie.LIVE_CHECKPOINT) {
                    Files.createLink(copy, file.path());
                } else {
                    Files.copy(file.path(), copy);
                }
            }
            return Checkpoint.seal(ToyProvider.ID, absentTarget);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void compact() {
        checkOpen();
        if (lie != Lie.SWALLOWS_COMPACTION) {
            throw Unclaimed.refuse(ToyProvider.ID, config.directory(), Ability.COMPACTION);
        }
    }

    @Override
    public Backup backup(Path folder) {
        throw Unclaimed.refuse(ToyProvider.ID, config.directory(), Ability.INCREMENTAL_BACKUP);
    }

    @Override
    public void verify() {
        checkOpen();
    }

    @Override
    public Health health() {
        return Health.GOOD;
    }

    @Override
    public EngineStats stats() {
        checkOpen();
        double syncs = (lie == Lie.COUNTS_SYNCS_TWICE ? 2.0 : 1.0) * file.syncs();
        return new EngineStats(List.of(new EngineStats.Entry("log.syncs", "count", EngineStats.Kind.COUNTER, syncs)));
    }

    @Override
    public Map<String, String> effectiveOptions() {
        return Map.of("kind", "toy");
    }

    @Override
    public void close() {
        if (lie == Lie.CLOSES_OVER_CHILDREN && !closed) {
            closed = true;
            file.close();
            return;
        }
        if (!closed && handles.close()) {
            closed = true;
            file.close();
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

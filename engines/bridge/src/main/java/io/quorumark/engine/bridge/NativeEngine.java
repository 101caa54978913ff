package io.quorumark.engine.bridge;

import io.quorumark.engine.Ability;
import io.quorumark.engine.BackgroundWork;
import io.quorumark.engine.Backup;
import io.quorumark.engine.Checkpoint;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.EngineStats;
import io.quorumark.engine.Health;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Session;
import io.quorumark.engine.support.DiskRoom;
import io.quorumark.engine.support.FinishedWork;
import io.quorumark.engine.support.Handles;
import io.quorumark.engine.support.Unclaimed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/** An open engine on the other side. Every call here holds {@code inUse}, so that closing waits for calls of other threads. */
final class NativeEngine implements KVEngine {
    private static final int FIRST_TEXT_BYTES = 8 << 10;
    private static final int NO_OUT = 0;
    private static final String TAKING_WORK = "taking what it did in the background";
    private static final int LEAST_FREE_PERCENT = 5;

    private final EngineConfig config;
    private final OpenNative engine;
    private final long maxBatchBytes;
    private final Handles sessions;
    private final Lock inUse;
    private final Lock closing;

    NativeEngine(EngineConfig config, OpenNative engine, long maxBatchBytes) {
        this.config = config;
        this.engine = engine;
        this.maxBatchBytes = maxBatchBytes;
        this.sessions = new Handles("engine " + engine.errors().engineId() + " at " + config.directory());
        ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
        this.inUse = lock.readLock();
        this.closing = lock.writeLock();
    }

    @Override
    public List<Keyspace> keyspaces() {
        return config.keyspaces();
    }

    @Override
    public long maxBatchBytes() {
        return maxBatchBytes;
    }

    @Override
    public Session openSession() {
        return whileOpen(() -> sessions.add(new NativeSession(engine, sessions), "session"));
    }

    @FunctionalInterface
    private interface WholeCall {
        long of(long engine, long call);
    }

    private void run(String action, WholeCall whole) {
        whileOpen(() -> {
            CallRecord call = new CallRecord(NO_OUT);
            return engine.check(action, whole.of(engine.handle(), call.address()), call);
        });
    }

    private String text(String action, WholeCall whole) {
        return whileOpen(() -> {
            CallRecord call = new CallRecord(FIRST_TEXT_BYTES);
            long length = whole.of(engine.handle(), call.address());
            while (length == NativeErrors.TOO_SMALL && call.needed() > call.capacity()) {
                call.growOut(call.needed());
                length = whole.of(engine.handle(), call.address());
            }
            if (engine.check(action, length, call) > call.capacity()) {
                throw engine.errors().unknown(action, length);
            }
            return ConfigText.read(call.out(), length);
        });
    }

    @Override
    public void sync() {
        run("syncing", engine.calls()::qm_sync);
    }

    @Override
    public Checkpoint checkpoint(Path absentTarget) {
        return whileOpen(() -> CheckpointCopy.of(engine, absentTarget));
    }

    @Override
    public void compact() {
        requireClaimed(Ability.COMPACTION);
        run("compacting", engine.calls()::qm_compact);
    }

    @Override
    public Backup backup(Path folder) {
        return whileOpen(() -> {
            throw Unclaimed.refuse(engine.errors().engineId(), config.directory(), Ability.INCREMENTAL_BACKUP);
        });
    }

    @Override
    public void verify() {
        requireClaimed(Ability.INTEGRITY_CHECK);
        run("verifying", engine.calls()::qm_verify);
    }

    private void requireClaimed(Ability ability) {
        boolean claimed = whileOpen(() -> engine.has(ability));
        if (!claimed) {
            throw Unclaimed.refuse(engine.errors().engineId(), config.directory(), ability);
        }
    }

    @Override
    public Health health() {
        List<String> findings = new ArrayList<>();
        boolean failed = false;
        List<String[]> lines;
        try {
            lines = lines("reading the health", engine.calls()::qm_health, 2);
        } catch (EngineException.Io e) {
            // An engine that has failed refuses this call like any other.
            return new Health(Health.Status.FAILED, List.of(String.valueOf(e.getMessage())));
        }
        for (String[] line : lines) {
            failed |= line[0].equals("failed");
            findings.add(line[1]);
        }
        DiskRoom.findingOf(config.directory(), LEAST_FREE_PERCENT).ifPresent(findings::add);
        if (findings.isEmpty()) {
            return Health.GOOD;
        }
        return new Health(failed ? Health.Status.FAILED : Health.Status.DEGRADED, findings);
    }

    @Override
    public EngineStats stats() {
        List<EngineStats.Entry> entries = new ArrayList<>();
        for (String[] line : lines("reading statistics", engine.calls()::qm_stats, 4)) {
            entries.add(new EngineStats.Entry(
                    line[0], line[1], EngineStats.Kind.ofCode(line[2]), Double.parseDouble(line[3])));
        }
        return new EngineStats(entries);
    }

    @Override
    public Map<String, String> effectiveOptions() {
        Map<String, String> found = new TreeMap<>();
        lines("reading the options back", engine.calls()::qm_options, 2).forEach(line -> found.put(line[0], line[1]));
        return found;
    }

    private List<String[]> lines(String action, WholeCall whole, int fields) {
        return fieldsOf(action, text(action, whole), fields);
    }

    private List<String[]> fieldsOf(String action, String text, int fields) {
        List<String[]> lines = new ArrayList<>();
        text.lines().forEach(line -> {
            String[] parts = line.split("\t", -1);
            if (parts.length != fields) {
                throw engine.errors().unknown(action, parts.length);
            }
            lines.add(parts);
        });
        return lines;
    }

    @Override
    public List<BackgroundWork> takeBackgroundWork() {
        inUse.lock();
        try {
            List<BackgroundWork> taken = new ArrayList<>();
            CallRecord call = new CallRecord(FIRST_TEXT_BYTES);
            while (!sessions.isClosed() && taken.size() < FinishedWork.MOST) {
                long length = engine.calls().qm_background_work(engine.handle(), call.address());
                long nowNanos = System.nanoTime();
                if (length <= 0) {
                    break;
                }
                if (length > call.capacity()) {
                    throw engine.errors().unknown(TAKING_WORK, length);
                }
                for (String[] line : fieldsOf(TAKING_WORK, ConfigText.read(call.out(), length), 3)) {
                    taken.add(work(line, nowNanos));
                }
            }
            return taken;
        } finally {
            inUse.unlock();
        }
    }

    /** @param nowNanos when the library told how long ago it began and ended */
    private BackgroundWork work(String[] line, long nowNanos) {
        try {
            return new BackgroundWork(
                    BackgroundWork.Kind.ofCode(line[0]),
                    nowNanos - Long.parseLong(line[1]),
                    nowNanos - Long.parseLong(line[2]));
        } catch (IllegalArgumentException e) {
            throw engine.errors().unreadable(TAKING_WORK, e);
        }
    }

    @Override
    public void close() {
        closing.lock();
        try {
            if (sessions.close()) {
                CallRecord call = new CallRecord(NO_OUT);
                engine.check("closing", engine.calls().qm_close(engine.handle(), call.address()), call);
            }
        } finally {
            closing.unlock();
        }
    }

    private <T> T whileOpen(Supplier<T> call) {
        inUse.lock();
        try {
            if (sessions.isClosed()) {
                throw engine.checks().closed("engine");
            }
            return call.get();
        } finally {
            inUse.unlock();
        }
    }
}

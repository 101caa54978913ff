package io.quorumark.raft.jraft.state;

import com.alipay.sofa.jraft.Closure;
import com.alipay.sofa.jraft.Iterator;
import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.conf.Configuration;
import com.alipay.sofa.jraft.core.StateMachineAdapter;
import com.alipay.sofa.jraft.entity.LeaderChangeContext;
import com.alipay.sofa.jraft.error.RaftError;
import com.alipay.sofa.jraft.error.RaftException;
import com.alipay.sofa.jraft.storage.snapshot.SnapshotReader;
import com.alipay.sofa.jraft.storage.snapshot.SnapshotWriter;
import io.quorumark.raft.ProposalCallback;
import io.quorumark.raft.command.WriteResult;
import io.quorumark.raft.state.FrozenState;
import io.quorumark.raft.state.SnapshotFile;
import io.quorumark.raft.state.SnapshotTrigger;
import io.quorumark.raft.state.StateStore;
import io.quorumark.raft.timing.Activity;
import io.quorumark.raft.timing.WriteStages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of one member: hands committed commands to its {@link StateStore} in chunks of one engine commit
 * each, and answers
 * the writes of a chunk
 * after that commit.
 *
 * <p>A restarted member is given entries again whose effects its engine has kept; they are recognised by their index
 * and skipped.
 */
public final class KvStateMachine extends StateMachineAdapter {
    private static final int MAX_CHUNK_ENTRIES = 2048;
    private static final int MAX_CHUNK_OPERATIONS = 8192;

    /** A chunk is in memory twice, as entries and as a batch. */
    private static final long MAX_CHUNK_BYTES = 16 << 20;

    private final StateStore store;
    private final Executor snapshotExecutor;
    private final boolean syncSnapshots;
    private final SnapshotTrigger snapshotTrigger;
    private final RetainedSnapshots retained;
    private final Runnable requestSnapshot;
    private final WriteStages stages;
    private final Consumer<Throwable> failures;
    private final @Nullable ProposalCallback[] answers = new @Nullable ProposalCallback[MAX_CHUNK_ENTRIES];
    private final WriteResult[] results = new WriteResult[MAX_CHUNK_ENTRIES];
    private final AtomicLong leaderChanges = new AtomicLong();
    private volatile long leaderTerm;
    private volatile long snapshotIndex;
    private volatile List<String> voters = List.of();

    /**
     * @param snapshotExecutor one thread, on which snapshots are written
     * @param syncSnapshots whether a snapshot must survive power loss before the log is dropped
     * @param snapshotTrigger when {@code requestSnapshot} is run on {@code snapshotExecutor}; used by this alone from
     *     now on
     * @param retained keeps the snapshot that a new one replaces
     * @param stages told when a write was applied and answered
     * @param failures told why the member must stop
     */
    public KvStateMachine(
            StateStore store,
            Executor snapshotExecutor,
            boolean syncSnapshots,
            SnapshotTrigger snapshotTrigger,
            RetainedSnapshots retained,
            Runnable requestSnapshot,
            WriteStages stages,
            Consumer<Throwable> failures) {
        this.store = store;
        this.snapshotExecutor = snapshotExecutor;
        this.syncSnapshots = syncSnapshots;
        this.snapshotTrigger = snapshotTrigger;
        this.retained = retained;
        this.requestSnapshot = requestSnapshot;
        this.stages = stages;
        this.failures = failures;
    }

    /** The term in which this member leads and has applied everything of earlier ones; 0 if it does not lead. */
    public long leaderTerm() {
        return leaderTerm;
    }

    public long leaderChanges() {
        return leaderChanges.get();
    }

    /** The last log index in the newest snapshot; 0 if there is none. */
    public long snapshotIndex() {
        return snapshotIndex;
    }

    /**
     * The ids of the voters that the group last agreed on, as far as this member has come; empty before it has come to
     * any.
     */
    public List<String> voters() {
        return voters;
    }

    @Override
    public void onConfigurationCommitted(Configuration agreed) {
        voters = agreed.listPeers().stream()
                .map(peer -> peer.getEndpoint().toString())
                .toList();
    }

    @Override
    public void onApply(Iterator entries) {
        while (entries.hasNext()) {
            if (!applyChunk(entries)) {
                return;
            }
        }
        if (snapshotTrigger.isDue()) {
            snapshotExecutor.execute(requestSnapshot);
        }
    }

    private boolean applyChunk(Iterator entries) {
        long takenNanos = System.nanoTime();
        long firstIndex = entries.getIndex();
        int count = 0;
        long bytes = 0;
        try {
            while (count < MAX_CHUNK_ENTRIES
                    && bytes < MAX_CHUNK_BYTES
                    && store.pendingOperations() < MAX_CHUNK_OPERATIONS
                    && entries.hasNext()) {
                ByteBuffer command = entries.getData();
                ProposalClosure done = (ProposalClosure) entries.done();
                ProposalCallback answer = done == null ? null : done.callback();
                results[count] = apply(command, entries.getIndex(), answer != null);
                answers[count] = answer;
                bytes += command.remaining();
                count++;
                entries.next();
            }
            store.commit();
        } catch (RuntimeException | Error e) {
            // an Error too: memory that has run out must not lose who waits for the entries of this chunk
            store.discardPending();
            failures.accept(e);
            // the library counts the entry that it stands on, and stands behind the last one at the end
            entries.setErrorAndRollback(
                    count + (entries.hasNext() ? 1L : 0L), new Status(RaftError.ESTATEMACHINE, "%s", e.getMessage()));
            return false;
        }
        answer(count, firstIndex, takenNanos);
        return true;
    }

    private WriteResult apply(ByteBuffer command, long index, boolean answered) {
        if (index <= store.appliedIndex()) {
            return WriteResult.APPLIED;
        }
        snapshotTrigger.onApplied(command.remaining());
        return store.apply(command, index, answered);
    }

    private void answer(int count, long firstIndex, long takenNanos) {
        long appliedNanos = System.nanoTime();
        for (int i = 0; i < count; i++) {
            ProposalCallback answer = answers[i];
            if (answer != null) {
                answers[i] = null;
                answer.onApplied(results[i]);
                if (WriteStages.isTimed(firstIndex + i)) {
                    stages.answered(
                            firstIndex + i, answer.submittedNanos(), takenNanos, appliedNanos, System.nanoTime());
                }
            }
        }
    }

    /** Freezes the state here, on the thread that applies, and writes it on the snapshot thread while writes go on. */
    @Override
    public void onSnapshotSave(SnapshotWriter writer, Closure done) {
        long beganNanos = System.nanoTime();
        FrozenState frozen;
        try {
            frozen = store.freeze();
        } catch (RuntimeException | Error e) {
            failSnapshot(done, e);
            return;
        }
        try {
            snapshotExecutor.execute(() -> {
                save(frozen, writer, done);
                stages.activities().ended(Activity.SNAPSHOT, beganNanos);
            });
        } catch (RuntimeException | Error e) {
            frozen.close();
            failSnapshot(done, e);
        }
    }

    private void save(FrozenState frozen, SnapshotWriter writer, Closure done) {
        try (frozen) {
            retained.keepNewest();
            SnapshotFile.write(Path.of(writer.getPath(), SnapshotFile.NAME), frozen, syncSnapshots);
            if (!writer.addFile(SnapshotFile.NAME)) {
                throw new IOException("snapshot folder " + writer.getPath() + " does not take another file");
            }
        } catch (IOException | RuntimeException | Error e) {
            failSnapshot(done, e);
            return;
        }
        snapshotIndex = frozen.appliedIndex();
        done.run(Status.OK());
    }

    /** Left out, whoever asked would wait for ever, and so would every later snapshot. */
    private static void failSnapshot(Closure done, Throwable cause) {
        done.run(new Status(RaftError.EIO, "%s", cause instanceof Error ? cause : cause.getMessage()));
    }

    /** Replaces the state by the snapshot's, unless the engine has kept a newer one. */
    @Override
    public boolean onSnapshotLoad(SnapshotReader reader) {
        Path file = Path.of(reader.getPath(), SnapshotFile.NAME);
        try {
            long index = SnapshotFile.verify(file);
            if (store.isLoading() || index > store.appliedIndex()) {
                SnapshotFile.load(file, store);
            }
            snapshotIndex = index;
            snapshotTrigger.restart();
            return true;
        } catch (IOException | RuntimeException | Error e) {
            failures.accept(e);
            return false;
        }
    }

    @Override
    public void onLeaderStart(long term) {
        leaderTerm = term;
        leaderChanges.incrementAndGet();
    }

    @Override
    public void onLeaderStop(Status status) {
        leaderTerm = 0;
    }

    @Override
    public void onStartFollowing(LeaderChangeContext context) {
        leaderChanges.incrementAndGet();
    }

    @Override
    public void onError(RaftException e) {
        leaderTerm = 0;
        failures.accept(e);
    }
}

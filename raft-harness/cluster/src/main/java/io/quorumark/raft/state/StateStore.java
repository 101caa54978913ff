package io.quorumark.raft.state;

import io.quorumark.engine.Durability;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Limits;
import io.quorumark.engine.Reader;
import io.quorumark.engine.Session;
import io.quorumark.engine.WriteBatch;
import io.quorumark.engine.support.BatchRoom;
import io.quorumark.raft.command.Command;
import io.quorumark.raft.command.WriteResult;
import io.quorumark.raft.store.SessionPool;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * The replicated records on an engine. Commands are collected by {@link #apply} and take effect together in {@link #commit}, one engine
 * commit that also
 * stores the index of the last one: after a crash the applied index says exactly which effects are there, whatever the durability.
 *
 * <p>{@link #apply}, {@link #commit} and the loading methods belong to one thread; the rest is thread-safe.
 */
public final class StateStore implements AutoCloseable {
    /** To be given to the engine at opening. */
    public static final List<Keyspace> KEYSPACES = Keyspace.listOf("state", "applied");

    /** The keyspace that holds the records. */
    public static final Keyspace STATE = KEYSPACES.get(0);

    private static final Keyspace APPLIED = KEYSPACES.get(1);
    private static final ByteBuffer APPLIED_INDEX =
            ByteBuffer.wrap(new byte[] {'i'}).asReadOnlyBuffer();
    private static final ByteBuffer SMALLEST_KEY = ByteBuffer.wrap(new byte[1]).asReadOnlyBuffer();
    private static final ByteBuffer LARGEST_KEY = largestKey();
    private static final long LOADING = -1;
    private static final long INDEX_BYTES = Limits.changeBytes(1, Long.BYTES);

    private final KVEngine engine;
    private final Durability durability;
    private final SessionPool readers;
    private final FrozenStates frozenStates = new FrozenStates();
    private final Session session;
    private final WriteBatch batch;
    private final ByteBuffer number;
    private final CommandApplier applier;
    private final BatchRoom room;
    private long pendingIndex;
    private volatile long appliedIndex;
    private volatile boolean loading;
    private boolean closed;

    /** @param engine opened with {@link #KEYSPACES}, to be closed by the caller after this store */
    public StateStore(KVEngine engine, Durability durability) {
        this.engine = engine;
        this.durability = durability;
        this.readers = new SessionPool(engine);
        this.session = engine.openSession();
        this.batch = session.newBatch();
        this.number = session.allocate(Long.BYTES);
        this.applier = new CommandApplier(session, batch, this::commit);
        this.room = new BatchRoom(engine);
        long stored = storedIndexOrClose();
        this.loading = stored == LOADING;
        this.appliedIndex = Math.max(0, stored);
        this.pendingIndex = appliedIndex;
    }

    private long storedIndexOrClose() {
        try {
            return storedIndex(session);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** The last log index whose effects are committed; 0 for none. */
    public long appliedIndex() {
        return appliedIndex;
    }

    /** Whether the records are being replaced by a snapshot's, or such a replacement was cut off: nothing can be read. */
    public boolean isLoading() {
        return loading;
    }

    /** Lends sessions that show the latest committed records. */
    public SessionPool readers() {
        return readers;
    }

    /** {@link #apply(ByteBuffer, long, boolean)} for somebody who waits for the result. */
    public WriteResult apply(ByteBuffer command, long index) {
        return apply(command, index, true);
    }

    /**
     * Adds a command's effects to the pending batch; they show after {@link #commit}.
     *
     * @param command well formed ({@link io.quorumark.raft.command.Command#check}); its position and limit are left as they are, and its
     *     bytes must stay as they are until
     *     {@link #commit}
     * @param index its log index, larger than every one before
     * @param answered whether somebody waits for the result; else it says no more than the outcome
     */
    public WriteResult apply(ByteBuffer command, long index, boolean answered) {
        long bytes = room.isLimited() ? makeRoom(command) : 0;
        WriteResult result = applier.apply(command, answered);
        room.add(bytes);
        pendingIndex = index;
        return result;
    }

    /**
     * Commits what is pending if the command does not fit beside it. A command that deletes a range of more keys than a batch holds is done
     * in several commits, and the index comes with the last: after a crash the log brings the command again, which deletes the rest.
     *
     * @return what the command takes
     */
    private long makeRoom(ByteBuffer command) {
        long bytes = command.remaining() + Command.operations(command) * Limits.changeBytes(0, 0);
        boolean isRange = Command.isRangeDeletion(command);
        if (isRange || !room.takes(bytes + INDEX_BYTES)) {
            commit();
        }
        if (isRange) {
            deleteAllButLast(Command.rangeBegin(command), Command.rangeEnd(command));
        }
        return bytes;
    }

    /** @return where the last piece of the range begins, which is left */
    private ByteBuffer deleteAllButLast(ByteBuffer begin, ByteBuffer to) {
        ByteBuffer from = begin;
        ByteBuffer end = room.endOfDeletion(session, STATE, from, to);
        while (!end.equals(to)) {
            batch.deleteRange(STATE, from.duplicate(), end.duplicate());
            session.commit(batch, durability);
            batch.clear();
            from = end;
            end = room.endOfDeletion(session, STATE, from, to);
        }
        return from;
    }

    /** How many changes wait for {@link #commit}. */
    public int pendingOperations() {
        return batch.operationCount();
    }

    /**
     * Commits the pending batch with its index, at the store's durability. Does nothing if no command was applied since the last call.
     */
    public void commit() {
        if (pendingIndex != appliedIndex) {
            putIndex(pendingIndex);
            session.commit(batch, durability);
            appliedIndex = pendingIndex;
        }
        resetPending();
    }

    /** Forgets the pending batch, after a failure. */
    public void discardPending() {
        pendingIndex = appliedIndex;
        resetPending();
    }

    private void resetPending() {
        batch.clear();
        room.clear();
        applier.batchEnded();
    }

    /**
     * Opens the committed state as of now, with its applied index; from any thread. The caller closes it.
     *
     * @throws IllegalStateException the store is being closed
     */
    public FrozenState freeze() {
        frozenStates.begin();
        try {
            return openFrozen();
        } catch (RuntimeException | Error e) {
            frozenStates.end();
            throw e;
        }
    }

    private FrozenState openFrozen() {
        Session own = engine.openSession();
        try {
            return FrozenState.open(own, appliedIndex, frozenStates::end);
        } catch (RuntimeException | Error e) {
            own.close();
            throw e;
        }
    }

    /** Begins to replace every record: from here to {@link #endLoad} the store cannot be read, and after a crash it counts as empty. */
    public void beginLoad() {
        discardPending();
        loading = true;
        putIndex(LOADING);
        ByteBuffer from = deleteAllButLast(SMALLEST_KEY, LARGEST_KEY);
        batch.deleteRange(STATE, from.duplicate(), LARGEST_KEY.duplicate());
        batch.delete(STATE, LARGEST_KEY.duplicate());
        flushLoad();
        appliedIndex = 0;
        pendingIndex = 0;
    }

    /** Adds one record to the batch that {@link #flushLoad} commits; commits first if the batch has no room for it. */
    public void load(ByteBuffer key, ByteBuffer value) {
        long bytes = Limits.changeBytes(key.remaining(), value.remaining());
        if (!room.takes(bytes)) {
            flushLoad();
        }
        batch.put(STATE, key, value);
        room.add(bytes);
    }

    /** Commits the records loaded so far. */
    public void flushLoad() {
        session.commit(batch, durability);
        batch.clear();
        room.clear();
    }

    /** Ends the replacement: the records are now those up to {@code index}. */
    public void endLoad(long index) {
        if (!room.takes(INDEX_BYTES)) {
            flushLoad();
        }
        putIndex(index);
        flushLoad();
        appliedIndex = index;
        pendingIndex = index;
        loading = false;
    }

    private void putIndex(long index) {
        batch.put(
                APPLIED,
                APPLIED_INDEX.duplicate(),
                number.clear().putLong(index).flip());
    }

    static long storedIndex(Reader reader) {
        ByteBuffer stored = ByteBuffer.allocate(Long.BYTES);
        int length = reader.get(APPLIED, APPLIED_INDEX.duplicate(), stored);
        return length == Reader.NOT_FOUND ? 0 : stored.flip().getLong();
    }

    /**
     * Waits for reads to return and for frozen states to be closed, and frees the sessions. A second close does nothing.
     *
     * @throws IllegalStateException a read or a frozen state did not end within 30 s
     */
    @Override
    public void close() {
        readers.close();
        frozenStates.close();
        if (!closed) {
            closed = true;
            batch.close();
            session.close();
        }
    }

    private static ByteBuffer largestKey() {
        byte[] key = new byte[Limits.PORTABLE_MAX_KEY_BYTES];
        Arrays.fill(key, (byte) 0xff);
        return ByteBuffer.wrap(key).asReadOnlyBuffer();
    }
}

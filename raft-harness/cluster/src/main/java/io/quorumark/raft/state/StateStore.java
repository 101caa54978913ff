package io.quorumark.raft.state;

import io.quorumark.engine.Durability;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Limits;
import io.quorumark.engine.Reader;
import io.quorumark.engine.Session;
import io.quorumark.engine.WriteBatch;
import io.quorumark.raft.command.Command;
import io.quorumark.raft.command.Condition;
import io.quorumark.raft.command.WriteResult;
import io.quorumark.raft.store.SessionPool;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * The replicated records on an engine. Commands are collected by {@link #apply} and take effect together in {@link #commit}, one engine commit that also
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

    private final KVEngine engine;
    private final Durability durability;
    private final SessionPool readers;
    private final Session session;
    private final WriteBatch batch;
    private final ByteBuffer number;
    private final PendingVersions pendingVersions = new PendingVersions();
    private ByteBuffer currentValue;
    private boolean trackingVersions;
    private boolean untrackedChanges;
    private boolean sawCondition;
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
        this.currentValue = session.allocate(4096);
        long stored = storedIndex(session);
        this.loading = stored == LOADING;
        this.appliedIndex = Math.max(0, stored);
        this.pendingIndex = appliedIndex;
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

    /**
     * Adds a command's effects to the pending batch; they show after {@link #commit}.
     *
     * @param command well formed ({@link Command#check}); its position and limit are left as they are
     * @param index its log index, larger than every one before
     */
    public WriteResult apply(ByteBuffer command, long index) {
        int at = command.position();
        byte first = command.get(at);
        if (first == Command.COMPARE_AND_SET || first == Command.REQUIRE) {
            trackFromHere();
            if (first == Command.COMPARE_AND_SET ? !versionMatches(command) : !conditionsHold(command)) {
                pendingIndex = index;
                return WriteResult.CONFLICT;
            }
            at = endOfConditions(command);
        }
        while (at < command.limit()) {
            at = applyOperation(command, at);
        }
        pendingIndex = index;
        return WriteResult.APPLIED;
    }

    /** From here on the pending batch knows which keys it touches; what it already has without knowing is committed. */
    private void trackFromHere() {
        if (untrackedChanges) {
            commit();
        }
        sawCondition = true;
        trackingVersions = true;
    }

    private boolean conditionsHold(ByteBuffer command) {
        int at = command.position();
        while (at < command.limit() && command.get(at) == Command.REQUIRE) {
            ByteBuffer key = command.slice(at + Command.REQUIRE_HEADER_BYTES, command.getShort(at + 1));
            if (pendingVersions.find(key) != PendingVersions.UNTOUCHED) {
                // the pending batch remembers versions, not values
                commit();
                trackFromHere();
            }
            if (!conditionHolds(command, at, key)) {
                return false;
            }
            at = endOfRequire(command, at);
        }
        return true;
    }

    private boolean conditionHolds(ByteBuffer command, int at, ByteBuffer key) {
        int length = readCurrent(key);
        boolean present = length != Reader.NOT_FOUND;
        return switch (Condition.of(command.get(at + Command.REQUIRE_HEADER_BYTES - 1))) {
            case ABSENT -> !present;
            case PRESENT -> present;
            case EQUAL ->
                present
                        && currentValue
                                .flip()
                                .equals(command.slice(
                                        at + Command.REQUIRE_HEADER_BYTES + key.remaining(), command.getInt(at + 3)));
        };
    }

    private static int endOfConditions(ByteBuffer command) {
        int at = command.position();
        while (at < command.limit() && command.get(at) == Command.REQUIRE) {
            at = endOfRequire(command, at);
        }
        return at;
    }

    private static int endOfRequire(ByteBuffer command, int at) {
        return at + Command.REQUIRE_HEADER_BYTES + command.getShort(at + 1) + command.getInt(at + 3);
    }

    private int applyOperation(ByteBuffer command, int at) {
        byte operation = command.get(at);
        int keyLength = command.getShort(at + 1);
        switch (operation) {
            case Command.PUT -> {
                return putRecord(command, at + Command.PUT_HEADER_BYTES, keyLength, command.getInt(at + 3));
            }
            case Command.COMPARE_AND_SET -> {
                return putRecord(command, at + Command.COMPARE_AND_SET_HEADER_BYTES, keyLength, command.getInt(at + 3));
            }
            case Command.DELETE -> {
                ByteBuffer key = command.slice(at + Command.DELETE_HEADER_BYTES, keyLength);
                batch.delete(STATE, key);
                changed(key, Command.ABSENT);
                return at + Command.DELETE_HEADER_BYTES + keyLength;
            }
            case Command.DELETE_RANGE -> {
                int toLength = command.getShort(at + 3);
                int start = at + Command.DELETE_RANGE_HEADER_BYTES;
                batch.deleteRange(STATE, command.slice(start, keyLength), command.slice(start + keyLength, toLength));
                untrackedChanges = true;
                return start + keyLength + toLength;
            }
            default ->
                throw new IllegalStateException("log entry holds operation " + operation
                        + ", expected 1 to 4; the log was written by a newer version");
        }
    }

    private int putRecord(ByteBuffer command, int start, int keyLength, int valueLength) {
        ByteBuffer key = command.slice(start, keyLength);
        ByteBuffer value = command.slice(start + keyLength, valueLength);
        batch.put(STATE, key, value);
        if (trackingVersions) {
            pendingVersions.put(key, Command.versionOf(value));
        } else {
            untrackedChanges = true;
        }
        return start + keyLength + valueLength;
    }

    private void changed(ByteBuffer key, long version) {
        if (trackingVersions) {
            pendingVersions.put(key, version);
        } else {
            untrackedChanges = true;
        }
    }

    private boolean versionMatches(ByteBuffer command) {
        int at = command.position();
        ByteBuffer key = command.slice(at + Command.COMPARE_AND_SET_HEADER_BYTES, command.getShort(at + 1));
        long expected = command.getLong(at + 7);
        int pending = pendingVersions.find(key);
        if (pending != PendingVersions.UNTOUCHED) {
            return pendingVersions.version(pending) == expected;
        }
        if (readCurrent(key) == Reader.NOT_FOUND) {
            return expected == Command.ABSENT;
        }
        // a record whose first 8 bytes are zero cannot be told from an absent one, and matches nothing
        long version = Command.versionOf(currentValue.flip());
        return version != Command.ABSENT && version == expected;
    }

    /** Reads the committed value into {@link #currentValue}; gives its length or {@link Reader#NOT_FOUND}. */
    private int readCurrent(ByteBuffer key) {
        currentValue.clear();
        int length = session.get(STATE, key, currentValue);
        if (length > currentValue.capacity()) {
            currentValue = session.allocate(Integer.highestOneBit(length) << 1);
            length = session.get(STATE, key, currentValue);
        }
        return length;
    }

    /** How many changes wait for {@link #commit}. */
    public int pendingOperations() {
        return batch.operationCount();
    }

    /** Commits the pending batch with its index, at the store's durability. Does nothing where no command was applied since the last call. */
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
        pendingVersions.clear();
        untrackedChanges = false;
        // versions are tracked from the start of a batch where the one before it needed them
        trackingVersions = sawCondition;
        sawCondition = false;
    }

    /** Opens the committed state as of now, with its applied index; from any thread. The caller closes it. */
    public FrozenState freeze() {
        Session own = engine.openSession();
        try {
            return FrozenState.open(own, appliedIndex);
        } catch (RuntimeException e) {
            own.close();
            throw e;
        }
    }

    /** Begins to replace every record: from here to {@link #endLoad} the store cannot be read, and after a crash it counts as empty. */
    public void beginLoad() {
        discardPending();
        loading = true;
        batch.deleteRange(STATE, SMALLEST_KEY.duplicate(), LARGEST_KEY.duplicate());
        batch.delete(STATE, LARGEST_KEY.duplicate());
        putIndex(LOADING);
        session.commit(batch, durability);
        batch.clear();
        appliedIndex = 0;
        pendingIndex = 0;
    }

    /** Adds one record to the batch that {@link #flushLoad} commits. */
    public void load(ByteBuffer key, ByteBuffer value) {
        batch.put(STATE, key, value);
    }

    /** Commits the records loaded so far. */
    public void flushLoad() {
        session.commit(batch, durability);
        batch.clear();
    }

    /** Ends the replacement: the records are now those up to {@code index}. */
    public void endLoad(long index) {
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

    /** Waits for reads to return, and frees the sessions. A second close does nothing. */
    @Override
    public void close() {
        readers.close();
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

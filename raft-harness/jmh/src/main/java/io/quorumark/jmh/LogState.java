package io.quorumark.jmh;

import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Session;
import io.quorumark.engine.WriteBatch;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A log in a keyspace of its own: entries under their index, in big-endian order, written by one thread as a Raft member's log thread does.
 */
@State(Scope.Benchmark)
public class LogState implements AutoCloseable {
    /** Entries that one append carries: as many as were waiting when the log thread came round. */
    @Param("10")
    public int entriesPerAppend;

    /** Entries that stay when the prefix is pruned; it is pruned when there are twice as many. */
    @Param("10000")
    public int retainedEntries;

    private final SplittableRandom random = new SplittableRandom(11);
    private final Keyspace keyspace = EngineState.LOG;
    private Session session = EngineState.uninitialized();
    private WriteBatch batch = EngineState.uninitialized();
    private ByteBuffer from = ByteBuffer.allocate(0);
    private ByteBuffer to = ByteBuffer.allocate(0);
    private ByteBuffer entry = ByteBuffer.allocate(0);
    private long firstIndex;
    private long nextIndex;

    @Setup(Level.Trial)
    public void open(EngineState engine) {
        session = engine.kvEngine().openSession();
        batch = session.newBatch();
        from = session.allocate(Long.BYTES);
        to = session.allocate(Long.BYTES);
        entry = session.allocate(engine.valueBytes);
        Records.fillValue(entry, random);
        engine.closeBeforeEngine(this);
        while (nextIndex < retainedEntries) {
            append(engine);
        }
    }

    @Override
    public void close() {
        batch.close();
        session.close();
    }

    /** One commit of entries at the end. */
    void append(EngineState engine) {
        batch.clear();
        for (int i = 0; i < entriesPerAppend; i++) {
            entry.putLong(0, random.nextLong());
            batch.put(keyspace, index(from, nextIndex + i), entry);
        }
        session.commit(batch, engine.level());
        nextIndex += entriesPerAppend;
    }

    /** If twice the retained entries are there, one commit that deletes the older half. */
    void pruneWhereDue(EngineState engine) {
        if (nextIndex - firstIndex >= 2L * retainedEntries) {
            long keepFrom = nextIndex - retainedEntries;
            deleteRange(engine, firstIndex, keepFrom);
            firstIndex = keepFrom;
        }
    }

    /** One commit that deletes the entries of the last append, as a follower does when a new leader's log differs from its own. */
    void truncateLastAppend(EngineState engine) {
        deleteRange(engine, nextIndex - entriesPerAppend, nextIndex);
        nextIndex -= entriesPerAppend;
    }

    private void deleteRange(EngineState engine, long fromIndex, long toIndex) {
        batch.clear();
        batch.deleteRange(keyspace, index(from, fromIndex), index(to, toIndex));
        session.commit(batch, engine.level());
    }

    private static ByteBuffer index(ByteBuffer buffer, long index) {
        return buffer.putLong(0, index);
    }
}

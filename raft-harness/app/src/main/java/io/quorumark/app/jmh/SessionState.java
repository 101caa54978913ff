package io.quorumark.app.jmh;

import io.quorumark.engine.Cursor;
import io.quorumark.engine.Session;
import io.quorumark.engine.WriteBatch;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One thread's session and buffers. The engine's state closes them: JMH tears that one down first. */
@State(Scope.Thread)
public class SessionState implements AutoCloseable {
    final SplittableRandom random = new SplittableRandom(7);
    Session session = none();
    WriteBatch batch = none();
    ByteBuffer key = ByteBuffer.allocate(0);
    ByteBuffer value = ByteBuffer.allocate(0);
    ByteBuffer target = ByteBuffer.allocate(0);

    @Setup(Level.Trial)
    public void open(EngineState engine) {
        session = engine.kvEngine().openSession();
        batch = session.newBatch();
        key = session.allocate(EngineState.KEY_BYTES);
        value = session.allocate(engine.valueBytes);
        target = session.allocate(engine.valueBytes);
        EngineState.fillValue(value, random);
        engine.closeBeforeEngine(this);
    }

    @Override
    public void close() {
        batch.close();
        session.close();
    }

    /** Chooses a record that is there. */
    void chooseKey(EngineState engine) {
        EngineState.fillKey(key, random.nextInt(engine.records));
    }

    /** Chooses a key that is not there. */
    void chooseAbsentKey(EngineState engine) {
        EngineState.fillKey(key, engine.records + (long) random.nextInt(1 << 30));
    }

    /** Makes the value differ from the one before, so that nothing is written twice. */
    void changeValue() {
        value.putLong(0, random.nextLong());
    }

    /**
     * Walks {@code count} records from a random one on, wrapping at the end.
     *
     * @return the sum of value lengths
     */
    long scan(Cursor cursor, EngineState engine, int count) {
        chooseKey(engine);
        long bytes = 0;
        boolean onEntry = cursor.seekCeiling(key);
        for (int i = 0; i < count; i++) {
            if (!onEntry) {
                onEntry = cursor.first();
            }
            bytes += cursor.value().remaining();
            onEntry = cursor.next();
        }
        return bytes;
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T none() {
        return null;
    }
}

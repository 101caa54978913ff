package io.quorumark.jmh;

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
    Session session = EngineState.uninitialized();
    WriteBatch batch = EngineState.uninitialized();
    ByteBuffer key = ByteBuffer.allocate(0);
    ByteBuffer value = ByteBuffer.allocate(0);
    ByteBuffer target = ByteBuffer.allocate(0);

    @Setup(Level.Trial)
    public void open(EngineState engine) {
        session = engine.kvEngine().openSession();
        batch = session.newBatch();
        key = session.allocate(Records.KEY_BYTES);
        value = session.allocate(engine.valueBytes);
        target = session.allocate(engine.valueBytes);
        Records.fillValue(value, random);
        engine.closeBeforeEngine(this);
    }

    @Override
    public void close() {
        batch.close();
        session.close();
    }

    /** Chooses a record that is there. */
    void chooseKey(EngineState engine) {
        Records.fillKey(key, random.nextInt(engine.count()));
    }

    /** Chooses a key that is not there. */
    void chooseAbsentKey(EngineState engine) {
        Records.fillKey(key, engine.count() + (long) random.nextInt(1 << 30));
    }

    /** Makes the value differ from the one before, so that nothing is written twice. */
    void changeValue() {
        value.putLong(0, random.nextLong());
    }

    /** Overwrites {@code count} records in one commit. */
    void commitBatch(EngineState engine, int count) {
        batch.clear();
        for (int i = 0; i < count; i++) {
            chooseKey(engine);
            changeValue();
            batch.put(engine.keyspace(), key, value);
        }
        session.commit(batch, engine.level());
    }
}

package io.quorumark.jmh.raw;

import io.quorumark.engine.Durability;
import io.quorumark.jmh.DataFolder;
import io.quorumark.jmh.Records;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One open, prefilled engine and its buffers. */
@State(Scope.Thread)
public class EngineAccessState {
    private static final int PREFILL_BATCH = 500;

    /** {@code memory} stands beside a bare skip list, which does less; the others beside their own API. */
    @Param({"rocksdb", "lmdb", "mapdb", "xodus", "memory"})
    public String engine = "";

    /** {@code spi} or {@code raw}. */
    @Param({"spi", "raw"})
    public String api = "";

    /** What a commit survives; an engine that lacks the level takes the strongest one below. Raw code has {@code PROCESS_CRASH} only. */
    @Param("PROCESS_CRASH")
    public String durability = "";

    /** Length of a value in bytes, 8 or more. */
    @Param("100")
    public int valueBytes;

    @Param("100000")
    public int records;

    private final SplittableRandom random = new SplittableRandom(7);
    private DataFolder folder = uninitialized();
    EngineAccess access = uninitialized();
    ByteBuffer key = ByteBuffer.allocate(0);
    ByteBuffer value = ByteBuffer.allocate(0);
    ByteBuffer target = ByteBuffer.allocate(0);

    @Setup(Level.Trial)
    public void open() throws IOException {
        folder = DataFolder.create();
        access = EngineAccesses.open(engine, api, folder.path(), Durability.ofCode(durability));
        key = access.allocate(Records.KEY_BYTES);
        value = access.allocate(valueBytes);
        target = access.allocate(valueBytes);
        for (int record = 0; record < records; record++) {
            Records.fillKey(key, record);
            Records.fillValue(value, random);
            access.addToBatch(key, value);
            if (record % PREFILL_BATCH == PREFILL_BATCH - 1 || record == records - 1) {
                access.commitBatch();
            }
        }
    }

    @TearDown(Level.Trial)
    public void close() throws IOException {
        access.close();
        folder.close();
    }

    /** Chooses a record that is there. */
    void chooseKey() {
        Records.fillKey(key, random.nextInt(records));
    }

    /** Makes the value differ from the one before. */
    void changeValue() {
        value.putLong(0, random.nextLong());
    }

    /** JMH calls {@link #open()} before anything reads these fields. */
    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T uninitialized() {
        return null;
    }
}

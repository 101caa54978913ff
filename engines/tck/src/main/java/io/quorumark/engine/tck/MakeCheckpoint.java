package io.quorumark.engine.tck;

import io.quorumark.engine.Checkpoint;
import io.quorumark.engine.Durability;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Session;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;

/** A process that writes enough for a checkpoint to take a while, makes one, and is killed meanwhile. */
final class MakeCheckpoint {
    private static final int RECORDS = 64;
    private static final int VALUE_BYTES = 512 << 10;

    private MakeCheckpoint() {}

    public static void main(String[] arguments) throws Exception {
        Durability durability = Durability.ofCode(arguments[2]);
        byte[] value = new byte[VALUE_BYTES];
        try (KVEngine engine =
                        ChildEngine.provider(arguments[0]).open(ChildEngine.config(Path.of(arguments[1]), durability));
                Session session = engine.openSession()) {
            for (int i = 0; i < RECORDS; i++) {
                new Random(i).nextBytes(value);
                session.put(Kit.ONE, Bytes.of("k" + i), ByteBuffer.wrap(value), durability);
            }
            Checkpoint unused = engine.checkpoint(Path.of(arguments[3]));
        }
    }
}

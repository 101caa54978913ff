package io.quorumark.engine.tck;

import io.quorumark.engine.Checkpoint;
import io.quorumark.engine.Durability;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Session;
import io.quorumark.engine.support.Folders;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Random;

/**
 * A process that writes enough for a checkpoint to take a while and makes one after the other, so that it is killed in one whenever it is
 * killed. Each that is whole moves away in one step before it is deleted: what is at the target is never half deleted.
 *
 * <p>Arguments: provider class, the engine's directory, durability, the target, and where whole checkpoints go.
 */
final class MakeCheckpoints {
    /** A process that nobody kills ends by itself. */
    private static final int CHECKPOINTS = 1000;

    private static final int RECORDS = 64;
    private static final int VALUE_BYTES = 512 << 10;

    private MakeCheckpoints() {}

    public static void main(String[] arguments) throws Exception {
        Durability durability = Durability.ofCode(arguments[2]);
        Path target = Path.of(arguments[3]);
        Path whole = Path.of(arguments[4]);
        byte[] value = new byte[VALUE_BYTES];
        try (KVEngine engine =
                        ChildEngine.provider(arguments[0]).open(ChildEngine.config(Path.of(arguments[1]), durability));
                Session session = engine.openSession()) {
            for (int i = 0; i < RECORDS; i++) {
                new Random(i).nextBytes(value);
                session.put(Kit.ONE, Bytes.of("k" + i), ByteBuffer.wrap(value), durability);
            }
            for (int i = 0; i < CHECKPOINTS; i++) {
                Checkpoint unused = engine.checkpoint(target);
                Files.move(target, whole, StandardCopyOption.ATOMIC_MOVE);
                Folders.delete(whole);
            }
        }
    }
}

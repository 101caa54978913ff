package io.quorumark.engine.tck;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Session;
import io.quorumark.engine.WriteBatch;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The process that {@link EngineCrashTest} kills: commits one batch after the other and prints how many are acknowledged. */
final class CrashingWriter {
    static final List<Keyspace> KEYSPACES = Keyspace.listOf("first", "second");
    /** It ends by itself where nobody kills it. */
    private static final int MOST_BATCHES = 1_000_000;

    private CrashingWriter() {}

    static EngineConfig config(Path directory, Durability durability) {
        return EngineConfig.of(directory, KEYSPACES, durability).withMaxDataBytes(1L << 30);
    }

    /** How batch {@code number} shows in either keyspace. */
    static String record(int number) {
        return key(number) + "=value of batch " + number;
    }

    static EngineProvider provider(String className) throws ReflectiveOperationException {
        return Class.forName(className)
                .asSubclass(EngineProvider.class)
                .getDeclaredConstructor()
                .newInstance();
    }

    public static void main(String[] arguments) throws Exception {
        EngineProvider provider = provider(arguments[0]);
        Durability durability = Durability.valueOf(arguments[2]);
        PrintStream out = System.out;
        try (KVEngine engine = provider.open(config(Path.of(arguments[1]), durability));
                Session session = engine.openSession();
                WriteBatch batch = session.newBatch()) {
            for (int number = 0; number < MOST_BATCHES; number++) {
                batch.clear();
                for (Keyspace keyspace : KEYSPACES) {
                    batch.put(keyspace, Bytes.of(key(number)), Bytes.of("value of batch " + number));
                }
                session.commit(batch, durability);
                out.println(number + 1);
                out.flush();
            }
        }
    }

    private static String key(int number) {
        return String.format(Locale.ROOT, "%08d", number);
    }
}

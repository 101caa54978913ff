package io.quorumark.engine.rocksdb;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineStats;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Reader;
import io.quorumark.engine.Session;
import io.quorumark.engine.WriteBatch;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Two keyspaces in a folder, and what tests do with them. */
record Fixture(Path directory) {
    static final List<Keyspace> KEYSPACES = Keyspace.listOf("log", "state");
    static final Keyspace LOG = KEYSPACES.get(0);
    static final Keyspace STATE = KEYSPACES.get(1);
    static final RocksDbEngineProvider PROVIDER = new RocksDbEngineProvider();

    KVEngine open(Durability durability) {
        return PROVIDER.open(config(durability));
    }

    KVEngine open(Map<String, String> options) {
        return PROVIDER.open(config(Durability.PROCESS_CRASH).withOptions(options));
    }

    EngineConfig config(Durability durability) {
        return EngineConfig.of(directory, KEYSPACES, durability);
    }

    /** Entries {@code key<i>} of the log, in one commit. */
    static void fill(Session session, int from, int to, ByteBuffer value) {
        try (WriteBatch batch = session.newBatch()) {
            for (int i = from; i < to; i++) {
                batch.put(LOG, bytes("key" + i), value);
            }
            session.commit(batch, Durability.PROCESS_CRASH);
        }
    }

    static @Nullable String get(Reader reader, Keyspace keyspace, String key) {
        ByteBuffer target = ByteBuffer.allocate(64);
        int length = reader.get(keyspace, bytes(key), target);
        return length == Reader.NOT_FOUND ? null : text(target.flip());
    }

    static double stat(KVEngine engine, String name) {
        return engine.stats().entries().stream()
                .filter(entry -> entry.name().equals(name))
                .mapToDouble(EngineStats.Entry::value)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no figure " + name));
    }

    static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }

    static String text(ByteBuffer buffer) {
        return UTF_8.decode(buffer.duplicate()).toString();
    }

    static Path largestTable(Path folder) throws IOException {
        return Collections.max(
                tables(folder), Comparator.comparingLong(file -> file.toFile().length()));
    }

    static List<Path> tables(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".sst")).toList();
        }
    }

    static void changeAByte(Path path, long position) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.seek(position);
            int before = file.read();
            file.seek(position);
            file.write(before ^ 0xff);
        }
    }
}

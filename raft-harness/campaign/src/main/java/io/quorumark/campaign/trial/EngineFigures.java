package io.quorumark.campaign.trial;

import io.quorumark.campaign.support.HarnessException;
import io.quorumark.campaign.trial.Deployment.InstanceStats;
import io.quorumark.campaign.trial.Deployment.ReplicaContent;
import io.quorumark.engine.Cursor;
import io.quorumark.engine.EngineStats;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Reader;
import io.quorumark.engine.Session;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What can be read off any engine after a trial. */
final class EngineFigures {
    private EngineFigures() {}

    /** Figures by name with unit. */
    static Map<String, Double> stats(String prefix, EngineStats stats) {
        Map<String, Double> figures = new TreeMap<>();
        for (EngineStats.Entry entry : stats.entries()) {
            figures.put(prefix + entry.name() + " [" + entry.unit() + "]", entry.value());
        }
        return figures;
    }

    static InstanceStats instance(boolean owesDurability, EngineStats stats) {
        return instance(owesDurability, stats("", stats));
    }

    /** @param named name with unit to value */
    static InstanceStats instance(boolean owesDurability, Map<String, Double> named) {
        Map<String, Double> values = new TreeMap<>();
        named.forEach((name, value) -> values.put(name.substring(0, name.indexOf(" [")), value));
        return new InstanceStats(owesDurability, values);
    }

    /**
     * All records of a keyspace by an ordered scan: the digest that {@link io.quorumark.workload.ContentModel} computes of what should be
     * there.
     */
    static ReplicaContent content(KVEngine engine, Keyspace keyspace) {
        MessageDigest sha = sha256();
        ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
        long records = 0;
        try (Session session = engine.openSession();
                Cursor cursor = session.openCursor(keyspace)) {
            for (boolean onEntry = cursor.first(); onEntry; onEntry = cursor.next()) {
                update(sha, length, cursor.key());
                update(sha, length, cursor.value());
                records++;
            }
        }
        return new ReplicaContent(HexFormat.of().formatHex(sha.digest()), records);
    }

    /** A key's value; null if there is none. */
    static byte @Nullable [] value(KVEngine engine, Keyspace keyspace, byte[] key) {
        try (Session session = engine.openSession()) {
            return value(session, keyspace, key);
        }
    }

    /** A key's value; null if there is none. */
    static byte @Nullable [] value(Reader reader, Keyspace keyspace, byte[] key) {
        ByteBuffer direct = ByteBuffer.allocateDirect(key.length).put(key).flip();
        ByteBuffer value = ByteBuffer.allocateDirect(4096);
        int length = reader.get(keyspace, direct, value);
        if (length > value.capacity()) {
            value = ByteBuffer.allocateDirect(length);
            length = reader.get(keyspace, direct, value);
        }
        if (length == Reader.NOT_FOUND) {
            return null;
        }
        byte[] bytes = new byte[length];
        value.get(0, bytes);
        return bytes;
    }

    /** Reads one record, so that opening has done what it put off; nothing if there is none. */
    static void readFirst(KVEngine engine, Keyspace keyspace) {
        try (Session session = engine.openSession();
                Cursor cursor = session.openCursor(keyspace)) {
            if (cursor.first() && !cursor.value().hasRemaining()) {
                throw new HarnessException("the first record of the engine is empty, expected a value");
            }
        }
    }

    private static void update(MessageDigest sha, ByteBuffer length, ByteBuffer bytes) {
        length.clear();
        length.putInt(bytes.remaining()).flip();
        sha.update(length);
        sha.update(bytes.duplicate());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JVM has SHA-256", e);
        }
    }
}

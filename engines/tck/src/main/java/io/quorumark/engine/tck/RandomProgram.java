package io.quorumark.engine.tck;

import io.quorumark.engine.Cursor;
import io.quorumark.engine.Durability;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Session;
import io.quorumark.engine.WriteBatch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A seeded random sequence of operations, carried out on an engine and on {@link TreeMap}s; every answer is compared. */
final class RandomProgram {
    private static final int STEPS = 300;
    private static final int DISTINCT_KEYS = 40;

    private final Session session;
    private final List<Keyspace> keyspaces;
    private final Durability durability;
    private final Random random;
    private final List<TreeMap<String, String>> models = new ArrayList<>();
    private final List<String> trace = new ArrayList<>();

    RandomProgram(Session session, List<Keyspace> keyspaces, Durability durability, long seed) {
        this.session = session;
        this.keyspaces = keyspaces;
        this.durability = durability;
        this.random = new Random(seed);
        keyspaces.forEach(keyspace -> models.add(new TreeMap<>()));
    }

    /**
     * Runs it.
     *
     * @throws AssertionError an answer differs; the message holds the steps up to there
     */
    void run() {
        try (WriteBatch batch = session.newBatch()) {
            for (int step = 0; step < STEPS; step++) {
                int space = random.nextInt(keyspaces.size());
                switch (random.nextInt(8)) {
                    case 0, 1 -> put(space);
                    case 2 -> delete(space);
                    case 3 -> commit(batch);
                    case 4 -> get(space);
                    case 5 -> walk(space);
                    case 6 -> seek(space);
                    default -> compareAll(space);
                }
            }
        }
        for (int space = 0; space < keyspaces.size(); space++) {
            compareAll(space);
        }
    }

    private void put(int space) {
        String key = key();
        String value = value();
        trace.add("put " + space + " " + key + " " + value);
        session.put(keyspaces.get(space), Bytes.of(key), Bytes.of(value), durability);
        models.get(space).put(key, value);
    }

    private void delete(int space) {
        String key = key();
        trace.add("delete " + space + " " + key);
        session.delete(keyspaces.get(space), Bytes.of(key), durability);
        models.get(space).remove(key);
    }

    private void commit(WriteBatch batch) {
        batch.clear();
        int changes = random.nextInt(12);
        trace.add("batch of " + changes);
        for (int i = 0; i < changes; i++) {
            int space = random.nextInt(keyspaces.size());
            Keyspace keyspace = keyspaces.get(space);
            String key = key();
            switch (random.nextInt(5)) {
                case 0 -> {
                    trace.add("  delete " + space + " " + key);
                    batch.delete(keyspace, Bytes.of(key));
                    models.get(space).remove(key);
                }
                case 1 -> {
                    String to = key();
                    trace.add("  deleteRange " + space + " " + key + " " + to);
                    batch.deleteRange(keyspace, Bytes.of(key), Bytes.of(to));
                    if (key.compareTo(to) < 0) {
                        models.get(space).subMap(key, to).clear();
                    }
                }
                default -> {
                    String value = value();
                    trace.add("  put " + space + " " + key + " " + value);
                    batch.put(keyspace, Bytes.of(key), Bytes.of(value));
                    models.get(space).put(key, value);
                }
            }
        }
        session.commit(batch, durability);
    }

    private void get(int space) {
        String key = key();
        same("get " + space + " " + key, models.get(space).get(key), Bytes.get(session, keyspaces.get(space), key));
    }

    private void walk(int space) {
        TreeMap<String, String> model = models.get(space);
        try (Cursor cursor = session.openCursor(keyspaces.get(space))) {
            String at = random.nextBoolean() ? keyAfter(cursor.first(), cursor) : keyAfter(cursor.last(), cursor);
            for (int move = 0; move < 10 && at != null; move++) {
                boolean up = random.nextBoolean();
                String expected = up ? model.higherKey(at) : model.lowerKey(at);
                String found = keyAfter(up ? cursor.next() : cursor.prev(), cursor);
                same((up ? "next of " : "prev of ") + at, expected, found);
                at = found;
            }
        }
    }

    private void seek(int space) {
        TreeMap<String, String> model = models.get(space);
        String key = key();
        try (Cursor cursor = session.openCursor(keyspaces.get(space))) {
            same("ceiling " + key, model.ceilingKey(key), keyAfter(cursor.seekCeiling(Bytes.of(key)), cursor));
            same("floor " + key, model.floorKey(key), keyAfter(cursor.seekFloor(Bytes.of(key)), cursor));
            same("first", model.isEmpty() ? null : model.firstKey(), keyAfter(cursor.first(), cursor));
            same("last", model.isEmpty() ? null : model.lastKey(), keyAfter(cursor.last(), cursor));
        }
    }

    private void compareAll(int space) {
        List<String> expected = new ArrayList<>();
        for (Map.Entry<String, String> entry : models.get(space).entrySet()) {
            expected.add(entry.getKey() + "=" + entry.getValue());
        }
        same("all of " + space, expected, Bytes.forwards(session, keyspaces.get(space)));
        Collections.reverse(expected);
        same("all of " + space + " backwards", expected, Bytes.backwards(session, keyspaces.get(space)));
    }

    private static @Nullable String keyAfter(boolean onEntry, Cursor cursor) {
        return onEntry ? Bytes.text(cursor.key()) : null;
    }

    private void same(String question, @Nullable Object expected, @Nullable Object found) {
        trace.add(question);
        if (!Objects.equals(expected, found)) {
            throw new AssertionError(
                    question + ": expected " + expected + ", found " + found + ", after\n" + String.join("\n", trace));
        }
    }

    /** Short keys over bytes on both sides of the sign bit, so that neighbours, prefixes and unsigned order all come up. */
    private String key() {
        int number = random.nextInt(DISTINCT_KEYS);
        String alphabet = "a\u0001\u007f\u0080\u00ffz";
        StringBuilder key = new StringBuilder().append(alphabet.charAt(number % 6));
        if (number >= 6) {
            key.append(alphabet.charAt(number / 6 % 6));
        }
        if (number >= 30) {
            key.append((char) number);
        }
        return key.toString();
    }

    private String value() {
        int length = random.nextInt(20) == 0 ? 5000 : random.nextInt(12);
        return String.valueOf((char) ('A' + random.nextInt(26))).repeat(length);
    }
}

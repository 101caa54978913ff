package io.quorumark.engine.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.engine.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreTest {
    private static final int LONGEST = 400_000;

    private final Store store = new Store(Path.of("store"), 2);
    private final byte[] changes = new byte[8 << 20];
    private final ByteBuffer batch = ByteBuffer.wrap(changes);
    private final KeyProbe probe = new KeyProbe();
    private final ByteBuffer target = ByteBuffer.allocate(LONGEST);
    private long sequence;

    private void add(byte kind, String key, String value) {
        batch.put(kind).put((byte) 1);
        batch.putShort((short) key.length()).putInt(value.length());
        batch.put(bytes(key)).put(bytes(value));
    }

    private void commit() {
        sequence++;
        store.apply(changes, 0, batch.position(), sequence);
        batch.clear();
    }

    private void put(String key, String value) {
        add(Change.PUT, key, value);
        commit();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String text(CopiedBytes bytes) {
        return StandardCharsets.ISO_8859_1.decode(bytes.buffer()).toString();
    }

    private KeyProbe at(String key) {
        byte[] bytes = bytes(key);
        return probe.at(bytes, 0, bytes.length);
    }

    private @Nullable String get(String key, long at) {
        int length = store.get(1, at(key), at, target.clear());
        return length == Reader.NOT_FOUND
                ? null
                : StandardCharsets.ISO_8859_1.decode(target.flip()).toString();
    }

    /** What a reader is to see, and at which sequence. */
    private record Pin(long sequence, NavigableMap<String, String> model) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void random_commits_read_like_a_sorted_map_at_every_pinned_sequence(long seed) {
        Random random = new Random(seed);
        TreeMap<String, String> model = new TreeMap<>();
        List<Pin> pins = new ArrayList<>();
        for (int round = 0; round < 3_000; round++) {
            for (int left = random.nextInt(5); left >= 0; left--) {
                change(random, model);
            }
            commit();
            if (random.nextInt(30) == 0 && pins.size() < 5) {
                pins.add(new Pin(store.pin(), new TreeMap<>(model)));
            }
            if (random.nextInt(40) == 0 && !pins.isEmpty()) {
                store.unpin(pins.remove(random.nextInt(pins.size())).sequence());
            }
            if (round % 100 == 0) {
                for (Pin pin : pins) {
                    assertSame("commit " + sequence + ", pinned at " + pin.sequence(), pin, random);
                }
                Pin now = new Pin(store.pin(), model);
                assertSame("commit " + sequence, now, random);
                store.unpin(now.sequence());
            }
        }
        for (Pin pin : pins) {
            assertSame("the end, pinned at " + pin.sequence(), pin, random);
            store.unpin(pin.sequence());
        }
        for (int i = 0; i < 2_000; i++) {
            put("after", "all"); // pays for what was left behind
        }
        model.put("after", "all");
        assertThat(store.keys()).as("keys when nothing is pinned").isEqualTo(model.size());
        assertThat(store.liveBytes())
                .as("bytes when nothing is pinned")
                .isEqualTo(model.entrySet().stream()
                        .mapToLong(entry ->
                                entry.getKey().length() + entry.getValue().length())
                        .sum());
    }

    private void change(Random random, NavigableMap<String, String> model) {
        String key = key(random);
        int kind = random.nextInt(100);
        if (kind < 70) {
            int length = random.nextInt(400) == 0 ? random.nextInt(LONGEST) : random.nextInt(2_000);
            String value = String.valueOf((char) ('a' + random.nextInt(26))).repeat(length);
            add(Change.PUT, key, value);
            model.put(key, value);
        } else if (kind < 98) {
            add(Change.DELETE, key, "");
            model.remove(key);
        } else {
            String end = key(random);
            add(Change.DELETE_RANGE, key, end);
            if (key.compareTo(end) < 0) {
                model.subMap(key, true, end, false).clear();
            }
        }
    }

    private static String key(Random random) {
        return switch (random.nextInt(50)) {
            case 0 -> "";
            case 1 -> "\u00ff" + random.nextInt(10);
            default -> String.format(Locale.ROOT, "k%04d", random.nextInt(2_500));
        };
    }

    private void assertSame(String when, Pin pin, Random random) {
        NavigableMap<String, String> model = pin.model();
        Walk walk = store.walk(1, pin.sequence());
        assertWalk(when, walk, Seek.FIRST, model);
        assertWalk(when, walk, Seek.LAST, model.descendingMap());
        for (int i = 0; i < 200; i++) {
            String key = key(random);
            assertThat(get(key, pin.sequence()))
                    .as("%s, get of '%s'", when, key)
                    .isEqualTo(model.get(key));
            assertThat(found(walk, Seek.CEILING, key))
                    .as("%s, ceiling of '%s'", when, key)
                    .isEqualTo(model.ceilingKey(key));
            assertThat(found(walk, Seek.HIGHER, key))
                    .as("%s, higher than '%s'", when, key)
                    .isEqualTo(model.higherKey(key));
            assertThat(found(walk, Seek.LOWER, key))
                    .as("%s, lower than '%s'", when, key)
                    .isEqualTo(model.lowerKey(key));
            String floor = found(walk, Seek.FLOOR, key);
            assertThat(floor).as("%s, floor of '%s'", when, key).isEqualTo(model.floorKey(key));
            if (floor != null) {
                assertThat(walk.goOn(true) ? text(walk.key()) : null)
                        .as("%s, the key after the floor of '%s'", when, key)
                        .isEqualTo(model.higherKey(floor));
            }
        }
    }

    private @Nullable String found(Walk walk, Seek seek, String key) {
        return walk.go(seek, at(key)) ? text(walk.key()) : null;
    }

    private void assertWalk(String when, Walk walk, Seek seek, NavigableMap<String, String> expected) {
        Iterator<String> keys = expected.keySet().iterator();
        for (boolean on = walk.go(seek, probe); on; on = walk.goOn(seek == Seek.FIRST)) {
            String key = text(walk.key());
            assertThat(key).as("%s, walk from the %s", when, seek).isEqualTo(keys.hasNext() ? keys.next() : null);
            assertThat(text(walk.value())).as("%s, value of '%s'", when, key).isEqualTo(expected.get(key));
        }
        assertThat(keys.hasNext())
                .as("%s, walk from the %s ends too early", when, seek)
                .isFalse();
    }

    @Test
    void a_walk_finds_its_way_over_thousands_of_keys_that_it_does_not_see_while_they_go() {
        put("a", "1");
        put("z", "1");
        long old = store.pin();
        for (int i = 0; i < 5_000; i++) {
            add(Change.PUT, String.format(Locale.ROOT, "k%05d", i), "later");
        }
        commit();
        Walk walk = store.walk(1, old);
        assertThat(found(walk, Seek.CEILING, "b"))
                .as("the key after 5,000 later ones")
                .isEqualTo("z");
        assertThat(walk.goOn(false) ? text(walk.key()) : null)
                .as("the key before them")
                .isEqualTo("a");
        add(Change.DELETE_RANGE, "b", "y");
        commit();
        assertThat(walk.goOn(true) ? text(walk.key()) : null)
                .as("the key after them")
                .isEqualTo("z");
        assertThat(walk.goOn(true)).as("a key after the last").isFalse();
        store.unpin(old);
    }

    @Test
    void records_that_are_overwritten_at_random_take_half_as_much_again_at_most() {
        Random random = new Random(5);
        String value = "v".repeat(500);
        int keys = 20_000;
        long most = 0;
        for (int i = 0; i < 15 * keys; i++) {
            put("key" + (i < keys ? i : random.nextInt(keys)), value);
            most = Math.max(most, i % 100 == 0 ? store.heldBytes() : 0);
        }
        assertThat(most).as("bytes held for %d", store.liveBytes()).isLessThan(store.liveBytes() / 2 * 3 + (4 << 20));
    }

    @Test
    void a_log_that_is_cut_at_its_front_takes_no_more_over_time() {
        String entry = "e".repeat(300);
        long most = 0;
        for (int i = 0; i < 300_000; i++) {
            add(Change.PUT, String.format(Locale.ROOT, "%08d", i), entry);
            if (i % 10_000 == 9_999 && i > 20_000) {
                add(
                        Change.DELETE_RANGE,
                        String.format(Locale.ROOT, "%08d", 0),
                        String.format(Locale.ROOT, "%08d", i - 20_000));
            }
            commit();
            most = Math.max(most, i % 100 == 0 ? store.heldBytes() : 0);
        }
        assertThat(store.keys()).as("entries left").isEqualTo(20_001);
        assertThat(most)
                .as("bytes held for at most 30,000 entries of 336 bytes")
                .isLessThan(20_000_000);
    }

    @Test
    void a_key_that_is_overwritten_under_a_snapshot_keeps_the_snapshots_record_and_its_own() {
        put("key", "0");
        long old = store.pin();
        for (int i = 1; i <= 200_000; i++) {
            put("key", "v".repeat(100) + i);
        }
        assertThat(get("key", old)).as("value at the snapshot").isEqualTo("0");
        assertThat(get("key", Store.LATEST)).as("newest value").endsWith("v200000");
        assertThat(store.heldBytes()).as("bytes held").isLessThan(2_000_000);
        store.unpin(old);
    }

    @Test
    void a_walk_sees_its_commit_whatever_is_added_and_removed_between_its_steps() {
        Random random = new Random(7);
        TreeMap<String, String> model = new TreeMap<>();
        for (int i = 0; i < 3_000; i++) {
            change(random, model);
            commit();
        }
        for (boolean upwards : new boolean[] {true, false}) {
            NavigableMap<String, String> pinned = new TreeMap<>(model);
            long at = store.pin();
            Walk walk = store.walk(1, at);
            List<String> keys = new ArrayList<>();
            for (boolean on = walk.go(upwards ? Seek.FIRST : Seek.LAST, probe); on; on = walk.goOn(upwards)) {
                keys.add(text(walk.key()));
                for (int i = 0; i < 3; i++) {
                    change(random, model);
                    put("between" + random.nextInt(1_000), "more");
                    add(Change.DELETE_RANGE, "between", "between9");
                    commit();
                }
            }
            store.unpin(at);
            assertThat(keys)
                    .as("keys of a walk, upwards: %s", upwards)
                    .containsExactlyElementsOf(
                            upwards
                                    ? pinned.navigableKeySet()
                                    : pinned.descendingMap().navigableKeySet());
            model.clear();
            add(Change.DELETE_RANGE, "", "\u00ff\u00ff");
            commit();
            for (int i = 0; i < 3_000; i++) {
                change(random, model);
                commit();
            }
        }
    }

    @Test
    void readers_beside_a_writer_see_whole_records_of_the_key_they_asked_for() throws Exception {
        int keys = 8;
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Future<Long>> readers = new ArrayList<>();
            readers.add(threads.submit(() -> getUntil(done, keys)));
            readers.add(threads.submit(() -> getUntil(done, keys)));
            readers.add(threads.submit(() -> walkUntil(done)));
            Random random = new Random(6);
            for (int i = 0; i < 40_000; i++) {
                String key = String.valueOf((char) ('A' + random.nextInt(keys)));
                switch (random.nextInt(20)) {
                    case 0 -> add(Change.DELETE, key, "");
                    case 1 -> add(Change.DELETE_RANGE, key, String.valueOf((char) (key.charAt(0) + 2)));
                    case 2, 3, 4 -> add(Change.PUT, key, key.repeat(1 + random.nextInt(100)));
                    default -> add(Change.PUT, key, key.repeat(1 + random.nextInt(LONGEST / 4)));
                }
                commit();
            }
            done.set(true);
            for (Future<Long> reader : readers) {
                assertThat(reader.get()).as("records that a reader saw").isPositive();
            }
        } finally {
            done.set(true);
            threads.shutdown();
        }
    }

    private long getUntil(AtomicBoolean done, int keys) {
        KeyProbe wanted = new KeyProbe();
        ByteBuffer found = ByteBuffer.allocate(LONGEST);
        long seen = 0;
        for (int i = 0; !done.get(); i++) {
            byte key = (byte) ('A' + i % keys);
            if (store.get(1, wanted.at(new byte[] {key}, 0, 1), Store.LATEST, found.clear()) != Reader.NOT_FOUND) {
                assertConsistsOf(key, found.flip());
                seen++;
            }
        }
        return seen;
    }

    private long walkUntil(AtomicBoolean done) {
        long seen = 0;
        while (!done.get()) {
            long at = store.pin();
            Walk walk = store.walk(1, at);
            byte before = 0;
            for (boolean on = walk.go(Seek.FIRST, new KeyProbe()); on; on = walk.goOn(true)) {
                byte key = walk.key().bytes()[0];
                assertThat(key).as("key of a walk, after %d", before).isGreaterThan(before);
                assertConsistsOf(key, walk.value().buffer());
                before = key;
                seen++;
            }
            store.unpin(at);
        }
        return seen;
    }

    private static void assertConsistsOf(byte key, ByteBuffer value) {
        assertThat(value.remaining()).as("length of a value").isPositive();
        for (int i = 0; i < value.remaining(); i++) {
            if (value.get(i) != key) {
                throw new AssertionError("byte " + i + " of the value of key " + key + " is " + value.get(i));
            }
        }
    }
}

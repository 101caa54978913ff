package io.quorumark.engine.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SortedSlotsTest {
    /** By slot. */
    private final List<byte[]> keys = new ArrayList<>();

    private final SortedSlots slots = new SortedSlots((key, slot) -> key.compareTo(keys.get(slot), 0, Integer.BYTES));
    private final KeyProbe probe = new KeyProbe();
    private final TreeMap<Integer, Integer> model = new TreeMap<>();

    private KeyProbe at(int key) {
        return probe.at(bytes(key), 0, Integer.BYTES);
    }

    private static byte[] bytes(int key) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(key).array();
    }

    private void add(int key) {
        keys.add(bytes(key));
        slots.add(at(key), keys.size() - 1);
        model.put(key, keys.size() - 1);
    }

    private void remove(int key) {
        long next = slots.remove(slots.ceiling(at(key)));
        model.remove(key);
        assertSlot("what remove of " + key + " answers", next, model.higherEntry(key));
    }

    private void assertSlot(String what, long position, Map.@Nullable Entry<Integer, Integer> expected) {
        assertThat(position == SortedSlots.NONE ? null : slots.slot(position))
                .as(what)
                .isEqualTo(expected == null ? null : expected.getValue());
    }

    private void assertAll() {
        List<Integer> upwards = new ArrayList<>();
        for (long at = slots.first(); at != SortedSlots.NONE; at = slots.after(at)) {
            upwards.add(slots.slot(at));
        }
        assertThat(upwards).as("slots upwards").isEqualTo(List.copyOf(model.values()));
        List<Integer> downwards = new ArrayList<>();
        for (long at = slots.last(); at != SortedSlots.NONE; at = slots.before(at)) {
            downwards.add(slots.slot(at));
        }
        assertThat(downwards)
                .as("slots downwards")
                .isEqualTo(List.copyOf(model.descendingMap().values()));
    }

    private void assertNeighbours(int key) {
        assertSlot("ceiling of " + key, slots.ceiling(at(key)), model.ceilingEntry(key));
        assertSlot("floor of " + key, slots.floor(at(key)), model.floorEntry(key));
        assertSlot("higher than " + key, slots.higher(at(key)), model.higherEntry(key));
        assertSlot("lower than " + key, slots.lower(at(key)), model.lowerEntry(key));
    }

    @Test
    void an_empty_one_has_no_positions() {
        assertNeighbours(5);
        assertAll();
    }

    @Test
    void slots_added_and_removed_at_random_stay_in_order() {
        Random random = new Random(3);
        for (int phase = 0; phase < 6; phase++) {
            boolean grows = phase % 2 == 0;
            for (int i = 0; i < 12_000; i++) {
                int key = random.nextInt(20_000);
                if (!model.containsKey(key) && (grows || i % 5 == 0)) {
                    add(key);
                } else if (model.containsKey(key) && (!grows || i % 5 == 0)) {
                    remove(key);
                }
                assertNeighbours(random.nextInt(20_000));
            }
            assertAll();
        }
        while (!model.isEmpty()) {
            Integer next = model.ceilingKey(random.nextInt(20_000));
            remove(next == null ? model.firstKey() : next);
        }
        assertAll();
        assertThat(slots.heldBytes()).as("bytes held for nothing").isZero();
    }

    @Test
    void a_log_fills_its_blocks_and_gives_them_back_at_its_front() {
        for (int i = 0; i < 100_000; i++) {
            add(i);
        }
        assertThat(slots.heldBytes()).as("bytes held for 100,000 slots").isLessThan(100_000 * 4 + 8_192);
        for (int i = 0; i < 99_000; i++) {
            remove(i);
        }
        assertAll();
        assertThat(slots.heldBytes()).as("bytes held for 1,000 slots").isLessThan(3 * 4_096);
    }
}

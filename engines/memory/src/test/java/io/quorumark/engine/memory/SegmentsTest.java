package io.quorumark.engine.memory;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SegmentsTest {
    private final Segments segments = new Segments();

    private long add(int length, int content) {
        long address = segments.allocate(length);
        int from = Segments.offset(address);
        Arrays.fill(segments.bytes(address), from, from + length, (byte) content);
        return address;
    }

    private boolean holds(long address, int content) {
        int from = Segments.offset(address);
        byte[] bytes = segments.bytes(address);
        for (int at = from; at < from + segments.length(address); at++) {
            if (bytes[at] != (byte) content) {
                return false;
            }
        }
        return true;
    }

    @Test
    void blocks_stay_as_they_are_while_others_come_and_go() {
        Random random = new Random(1);
        Map<Long, Integer> contents = new HashMap<>();
        List<Long> addresses = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            int length = random.nextInt(100) == 0 ? random.nextInt(400_000) : random.nextInt(500);
            long address = add(length, i);
            assertThat(contents.put(address, i))
                    .as("block %d lies where no other one lies", i)
                    .isNull();
            addresses.add(address);
            while (addresses.size() > 200) {
                int victim = random.nextInt(addresses.size());
                long released = addresses.set(victim, addresses.get(addresses.size() - 1));
                addresses.remove(addresses.size() - 1);
                assertThat(holds(released, requireNonNull(contents.remove(released))))
                        .as("block %d is whole", released)
                        .isTrue();
                segments.release(released);
            }
        }
        contents.forEach((address, content) -> assertThat(holds(address, content))
                .as("block %d is whole", address)
                .isTrue());
    }

    @Test
    void what_is_released_in_the_order_it_came_is_used_again_without_sweeping() {
        Deque<Long> log = new ArrayDeque<>();
        long most = 0;
        for (int i = 0; i < 200_000; i++) {
            log.add(add(300, i));
            if (log.size() > 20_000) {
                segments.release(log.remove());
                assertThat(segments.nextToSweep())
                        .as("a block to move after entry %d", i)
                        .isEqualTo(Segments.NONE);
            }
            most = Math.max(most, segments.heldBytes());
        }
        assertThat(most).as("bytes held for 6 MB of entries").isLessThan(10_000_000);
    }

    @Test
    void scattered_blocks_are_swept_together() {
        Set<Long> kept = new HashSet<>();
        for (int i = 0; i < 300_000; i++) {
            long address = add(100, 7);
            if (i % 10 == 0) {
                kept.add(address);
            } else {
                segments.release(address);
            }
        }
        assertThat(segments.heldBytes()).as("bytes held for 3 MB, scattered").isGreaterThan(28_000_000);
        int moved = 0;
        for (long next = segments.nextToSweep(); next != Segments.NONE; next = segments.nextToSweep()) {
            if (kept.remove(next)) {
                kept.add(add(100, 7));
                segments.release(next);
                moved++;
            }
        }
        assertThat(moved).as("blocks moved").isBetween(20_000, 30_000);
        assertThat(kept).as("blocks that are whole").hasSize(30_000).allMatch(address -> holds(address, 7));
        assertThat(segments.heldBytes()).as("bytes held, spare ones included").isLessThan(16_000_000);
    }
}

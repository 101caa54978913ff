package io.quorumark.raft.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PendingRecordsTest {
    @Test
    void it_holds_what_a_hash_map_holds_over_many_rounds() {
        PendingRecords records = new PendingRecords();
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 5; round++) {
            Map<ByteBuffer, String> model = new HashMap<>();
            for (int i = 0; i < 3000; i++) {
                ByteBuffer key = randomKey(random);
                model.put(key, change(records, key, random));
                ByteBuffer asked = randomKey(random);
                int found = records.find(asked);
                String expected = model.get(asked);
                if (expected == null) {
                    assertThat(found).isEqualTo(PendingRecords.UNTOUCHED);
                } else {
                    assertThat(text(records.value(found, ByteBuffer.allocate(20))))
                            .isEqualTo(expected);
                }
            }
            records.clear();
            model.keySet().forEach(key -> assertThat(records.find(key)).isEqualTo(PendingRecords.UNTOUCHED));
        }
    }

    private static String change(PendingRecords records, ByteBuffer key, SplittableRandom random) {
        long number = random.nextLong();
        switch (random.nextInt(3)) {
            case 0 -> {
                records.putAbsent(key);
                return "absent";
            }
            case 1 -> records.putNumber(key, number);
            default ->
                records.putValue(key, ByteBuffer.wrap(Long.toString(number).getBytes(StandardCharsets.US_ASCII)));
        }
        return Long.toString(number);
    }

    private static String text(@Nullable ByteBuffer value) {
        return value == null
                ? "absent"
                : StandardCharsets.US_ASCII.decode(value.duplicate()).toString();
    }

    private static ByteBuffer randomKey(SplittableRandom random) {
        byte[] key = new byte[1 + random.nextInt(3)];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) random.nextInt(12);
        }
        return ByteBuffer.wrap(key);
    }
}

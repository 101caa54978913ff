package io.quorumark.raft.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PendingVersionsTest {
    @Test
    void it_holds_what_a_hash_map_holds_over_many_rounds() {
        PendingVersions versions = new PendingVersions();
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 5; round++) {
            Map<ByteBuffer, Long> model = new HashMap<>();
            for (int i = 0; i < 3000; i++) {
                ByteBuffer key = randomKey(random);
                long version = random.nextLong();
                versions.put(key, version);
                model.put(key, version);
                ByteBuffer asked = randomKey(random);
                int found = versions.find(asked);
                Long expected = model.get(asked);
                if (expected == null) {
                    assertThat(found).isEqualTo(PendingVersions.UNTOUCHED);
                } else {
                    assertThat(versions.version(found)).isEqualTo(expected);
                }
            }
            versions.clear();
            model.keySet().forEach(key -> assertThat(versions.find(key)).isEqualTo(PendingVersions.UNTOUCHED));
        }
    }

    private static ByteBuffer randomKey(SplittableRandom random) {
        byte[] key = new byte[1 + random.nextInt(3)];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) random.nextInt(12);
        }
        return ByteBuffer.wrap(key);
    }
}

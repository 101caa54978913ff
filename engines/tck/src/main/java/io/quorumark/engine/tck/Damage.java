package io.quorumark.engine.tck;

import java.util.Random;

/** A few changed bytes at seeded places. */
record Damage(Random random) {
    private static final int BYTES = 5;

    void to(byte[] bytes) {
        for (int i = 0; i < BYTES && bytes.length > 0; i++) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
        }
    }
}

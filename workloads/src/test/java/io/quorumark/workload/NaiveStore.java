package io.quorumark.workload;

import io.quorumark.workload.key.KeyText;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A store that carries out every demand on a sorted map, written without a look at {@link ContentModel}. */
final class NaiveStore {
    final NavigableMap<byte[], byte[]> records = new TreeMap<>(Arrays::compareUnsigned);

    /** What the last operation answered. */
    Outcome outcome = Outcome.OK;

    void apply(Operation operation) {
        byte[] key = Arrays.copyOf(operation.key(), operation.keyLength());
        byte[] value = Arrays.copyOf(operation.value(), operation.valueLength());
        outcome = Outcome.OK;
        switch (operation.demand()) {
            case READ, EXISTS -> outcome = records.containsKey(key) ? Outcome.OK : Outcome.NOT_FOUND;
            case SCAN -> {}
            case UPDATE, INSERT, READ_MODIFY_WRITE -> records.put(key, value);
            case DELETE -> records.remove(key);
            case DELETE_RANGE ->
                records.keySet()
                        .removeIf(k -> Arrays.compareUnsigned(k, key) >= 0
                                && Arrays.compareUnsigned(
                                                k, Arrays.copyOf(operation.rangeEnd(), operation.rangeEndLength()))
                                        < 0);
            case COMPARE_AND_SET -> {
                byte[] stored = records.get(key);
                if (version(stored) == operation.expectedVersion()) {
                    records.put(key, value);
                } else {
                    outcome = Outcome.CONFLICT;
                }
            }
            case BATCH -> {
                Mutations all = operation.mutations();
                for (int i = 0; i < all.count(); i++) {
                    byte[] one = Arrays.copyOfRange(all.bytes(), all.keyOffset(i), all.keyOffset(i) + all.keyLength(i));
                    if (all.isPut(i)) {
                        records.put(
                                one,
                                Arrays.copyOfRange(
                                        all.bytes(), all.valueOffset(i), all.valueOffset(i) + all.valueLength(i)));
                    } else {
                        records.remove(one);
                    }
                }
            }
        }
    }

    /** How many keys begin so. */
    int countPrefix(byte[] prefix) {
        int count = 0;
        for (byte[] key : records.tailMap(prefix, true).keySet()) {
            if (key.length < prefix.length || !Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length)) {
                break;
            }
            count++;
        }
        return count;
    }

    static long version(byte @Nullable [] value) {
        return value == null ? Operation.ABSENT_VERSION : KeyText.bigEndian(value, 0);
    }
}

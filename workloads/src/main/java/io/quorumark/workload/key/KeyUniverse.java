package io.quorumark.workload.key;

import io.quorumark.workload.distribution.Permutation;
import io.quorumark.workload.spec.InvalidValue;
import java.util.Map;

/**
 * All keys that records can have if records are written and deleted under the same keys again and again. There are so many keys that the
 * number of records stays near the number loaded: a key that is written with a chance w and deleted with a chance d, whenever it is drawn,
 * is there for w / (w + d) of the time.
 */
public final class KeyUniverse {
    private final long keys;
    private final Permutation order;

    /**
     * @param records how many are loaded
     * @param writes share of the operations that write a record
     * @param deletes share of those that delete one
     */
    public KeyUniverse(long records, double writes, double deletes, long seed) {
        keys = deletes > 0 ? Math.max(records, Math.round((double) records * (writes + deletes) / writes)) : records;
        order = new Permutation(keys, seed);
    }

    /**
     * Checks a mix of operations.
     *
     * @param write the operation that writes a record
     * @param delete the one that deletes it
     * @throws InvalidValue the mix deletes more than it writes, so that most keys would be absent
     */
    public static void check(String write, String delete, Map<String, Double> shares) {
        double writes = shares.getOrDefault(write, 0.0);
        double deletes = shares.getOrDefault(delete, 0.0);
        if (deletes > 0 && writes < deletes) {
            throw new InvalidValue(
                    "operations." + write,
                    writes,
                    "at least as much as " + delete + ", which is " + deletes + ": else most keys are absent");
        }
    }

    /** How many keys there are. */
    public long size() {
        return keys;
    }

    /** The key that load operation {@code index} writes, 0 to {@link #size()} - 1. */
    public long loaded(long index) {
        return order.apply(index);
    }
}

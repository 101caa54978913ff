package io.quorumark.workload.model.cache;

import io.quorumark.workload.Demand;
import io.quorumark.workload.Generator;
import io.quorumark.workload.Operation;
import io.quorumark.workload.OperationKind;
import io.quorumark.workload.WorkloadSpec;
import io.quorumark.workload.distribution.FnvHash;
import io.quorumark.workload.distribution.KeySampler;
import io.quorumark.workload.distribution.Randomness;
import io.quorumark.workload.key.KeyText;
import io.quorumark.workload.key.KeyUniverse;
import io.quorumark.workload.model.Mix;
import io.quorumark.workload.model.ValueWriter;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * A cache: GET, SET, DEL and EXISTS of keys that are there or not. The number of records stays near the number loaded (see
 * {@link KeyUniverse}), hence a GET misses as often as DEL's share in SET and DEL together. Nothing expires: a cache under Raft deletes by
 * command, so that all members agree on what is there. The version of a value is its operation's place in the stream, counted from 1.
 */
final class CacheGenerator implements Generator {
    private static final byte[] PREFIX = {'c', '/'};
    private static final int GET = 0;
    private static final int SET = 1;
    private static final int DEL = 2;

    private final long records;
    private final KeyUniverse universe;
    private final UniformRandomProvider random;
    private final Mix mix;
    private final KeySampler keys;
    private final ValueWriter values;
    /** One bit for each key: whether it is there. */
    private final long[] present;

    CacheGenerator(WorkloadSpec spec, long seed, long records) {
        this.records = records;
        universe = new KeyUniverse(records, spec.share("set"), spec.share("del"), seed);
        random = Randomness.of(seed, "cache");
        mix = new Mix(spec);
        keys = spec.drawnKeys().openSampler(universe.size(), false, random);
        values = new ValueWriter(spec.values(), seed, random);
        present = new long[Math.toIntExact((universe.size() + 63) / 64)];
    }

    @Override
    public long loadOperations() {
        return records;
    }

    @Override
    public void load(long index, Operation into) {
        set(universe.loaded(index), index, into);
    }

    @Override
    public void mix(long position, Operation into) {
        int choice = mix.sample(random);
        long record = keys.sample(universe.size());
        if (choice == SET) {
            set(record, position, into);
        } else if (choice == DEL) {
            into.reset(OperationKind.DELETE, mix.of(DEL));
            writeKey(record, into);
            present[(int) (record >>> 6)] &= ~(1L << record);
        } else {
            into.reset(choice == GET ? Demand.READ : Demand.EXISTS, mix.of(choice));
            writeKey(record, into);
        }
    }

    private void set(long record, long position, Operation into) {
        int word = (int) (record >>> 6);
        boolean there = (present[word] & 1L << record) != 0;
        present[word] |= 1L << record;
        into.reset(there ? OperationKind.UPDATE : OperationKind.INSERT, mix.of(SET));
        writeKey(record, into);
        values.write(into, position + 1);
    }

    private static void writeKey(long record, Operation into) {
        byte[] key = into.prepareKey(PREFIX.length + KeyText.HEX_BYTES);
        System.arraycopy(PREFIX, 0, key, 0, PREFIX.length);
        KeyText.hex(FnvHash.hash(record), key, PREFIX.length);
    }
}

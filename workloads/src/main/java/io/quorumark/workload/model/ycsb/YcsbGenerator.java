package io.quorumark.workload.model.ycsb;

import io.quorumark.workload.Generator;
import io.quorumark.workload.Operation;
import io.quorumark.workload.OperationKind;
import io.quorumark.workload.WorkloadSpec;
import io.quorumark.workload.distribution.FnvHash;
import io.quorumark.workload.distribution.KeySampler;
import io.quorumark.workload.distribution.Permutation;
import io.quorumark.workload.distribution.Randomness;
import io.quorumark.workload.key.KeyText;
import io.quorumark.workload.model.Mix;
import io.quorumark.workload.model.ValueWriter;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * The YCSB core workload with one field per record. Keys are {@code user} and the FNV hash of the record's number, in hexadecimal so that
 * all are equally long. The version of a value is its operation's place in the stream, counted from 1.
 */
final class YcsbGenerator implements Generator {
    private static final byte[] PREFIX = {'u', 's', 'e', 'r'};
    private static final int READ = 0;
    private static final int UPDATE = 1;
    private static final int INSERT = 2;
    private static final int SCAN = 3;

    private final long records;
    private final Permutation loadOrder;
    private final UniformRandomProvider random;
    private final Mix mix;
    private final KeySampler keys;
    private final ValueWriter values;
    private final int maxScanLength;
    private long population;

    YcsbGenerator(WorkloadSpec spec, long seed, long records) {
        this.records = records;
        loadOrder = new Permutation(records, seed);
        random = Randomness.of(seed, "ycsb");
        mix = new Mix(spec);
        keys = spec.drawnKeys().openSampler(records, spec.share("insert") > 0, random);
        values = new ValueWriter(spec.values(), seed, random);
        maxScanLength = spec.longestScan();
    }

    @Override
    public long loadOperations() {
        return records;
    }

    @Override
    public void load(long index, Operation into) {
        into.reset(OperationKind.INSERT, mix.of(INSERT));
        writeKey(loadOrder.apply(index), into);
        values.write(into, index + 1);
        population = index + 1;
    }

    @Override
    public void mix(long position, Operation into) {
        int choice = mix.sample(random);
        into.reset(kind(choice), mix.of(choice));
        writeKey(choice == INSERT ? population++ : keys.sample(population), into);
        if (choice == SCAN) {
            into.setScanLength(1 + random.nextInt(maxScanLength));
        } else if (choice != READ) {
            values.write(into, position + 1);
        }
    }

    private static OperationKind kind(int choice) {
        return switch (choice) {
            case READ -> OperationKind.READ;
            case UPDATE -> OperationKind.UPDATE;
            case INSERT -> OperationKind.INSERT;
            case SCAN -> OperationKind.SCAN;
            default -> OperationKind.READ_MODIFY_WRITE;
        };
    }

    private static void writeKey(long record, Operation into) {
        byte[] key = into.prepareKey(PREFIX.length + KeyText.HEX_BYTES);
        System.arraycopy(PREFIX, 0, key, 0, PREFIX.length);
        KeyText.hex(FnvHash.hash(record), key, PREFIX.length);
    }
}

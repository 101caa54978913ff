package io.quorumark.workload.model.raftlog;

import io.quorumark.workload.Demand;
import io.quorumark.workload.Generator;
import io.quorumark.workload.Operation;
import io.quorumark.workload.OperationKind;
import io.quorumark.workload.WorkloadSpec;
import io.quorumark.workload.distribution.KeySampler;
import io.quorumark.workload.distribution.Randomness;
import io.quorumark.workload.key.KeyText;
import io.quorumark.workload.model.Mix;
import io.quorumark.workload.model.ValueWriter;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * What a Raft member asks of its log store (Ongaro and Ousterhout, ATC 2014, sections 5.3 and 7): batches of entries appended in order,
 * ranges read for followers that lag, the prefix pruned after a snapshot, the suffix cut when a new leader disagrees. Entries are
 * {@code l/<index>}; indexes grow by one and come again after a cut.
 *
 * <p>A prune leaves as many entries as were loaded. If there is nothing to prune or to cut yet, an append takes the place of it. The
 * version of an entry is its index, then comes its term, which goes up with each cut.
 */
final class RaftLogGenerator implements Generator {
    /** Version and term. */
    static final int MIN_VALUE_BYTES = 2 * Operation.VERSION_BYTES;

    private static final int KEY_BYTES = 2 + KeyText.HEX_BYTES;
    private static final int APPEND = 0;
    private static final int READ = 1;
    private static final int PRUNE = 2;
    private static final int CUT = 3;

    private final RaftLogSpec log;
    private final long records;
    private final UniformRandomProvider random;
    private final Mix mix;
    private final KeySampler keys;
    private final ValueWriter values;
    private final int maxScanLength;
    private final byte[] key = new byte[KEY_BYTES];
    private long firstIndex = 1;
    private long nextIndex = 1;
    private long term = 1;

    RaftLogGenerator(WorkloadSpec spec, RaftLogSpec log, long seed, long records) {
        this.log = log;
        this.records = records;
        random = Randomness.of(seed, "raft-log");
        mix = new Mix(spec);
        keys = spec.drawnKeys().openSampler(records, true, random);
        values = new ValueWriter(spec.values(), seed, random);
        maxScanLength = spec.longestScan();
    }

    /** Batches that are as large as they get, and the rest. */
    @Override
    public long loadOperations() {
        return (records + log.maxEntriesPerAppend() - 1) / log.maxEntriesPerAppend();
    }

    /** How many entries there are after the operations so far. */
    private long entries() {
        return nextIndex - firstIndex;
    }

    @Override
    public void load(long index, Operation into) {
        append((int) Math.min(log.maxEntriesPerAppend(), records - entries()), into);
    }

    @Override
    public void mix(long position, Operation into) {
        int choice = mix.sample(random);
        if (choice == PRUNE && entries() > records) {
            long firstKept = nextIndex - records;
            delete(PRUNE, firstIndex, firstKept, into);
            firstIndex = firstKept;
        } else if (choice == CUT && entries() > 1) {
            long entries = Math.min(entries() / 2, 1L + random.nextInt(log.maxEntriesPerCut()));
            delete(CUT, nextIndex - entries, nextIndex, into);
            nextIndex -= entries;
            term++;
        } else if (choice == READ) {
            read(into);
        } else {
            append(1 + random.nextInt(log.maxEntriesPerAppend()), into);
        }
    }

    private void append(int entries, Operation into) {
        into.reset(OperationKind.BATCH, mix.of(APPEND));
        for (int i = 0; i < entries; i++) {
            values.write(into, nextIndex);
            KeyText.bigEndian(term, into.value(), Operation.VERSION_BYTES);
            KeyText.hex(nextIndex++, entryKey(), 2);
            into.mutations().put(key, KEY_BYTES, into.value(), into.valueLength());
        }
        into.prepareValue(0);
    }

    private void read(Operation into) {
        into.reset(OperationKind.SCAN, mix.of(READ));
        long index = firstIndex + keys.sample(entries());
        KeyText.hex(index, entryKey(), 2);
        System.arraycopy(key, 0, into.prepareKey(KEY_BYTES), 0, KEY_BYTES);
        into.setScanLength((int) Math.min(nextIndex - index, 1L + random.nextInt(maxScanLength)));
    }

    private void delete(int choice, long fromIndex, long toIndex, Operation into) {
        into.reset(Demand.DELETE_RANGE, mix.of(choice));
        KeyText.hex(fromIndex, entryKey(), 2);
        System.arraycopy(key, 0, into.prepareKey(KEY_BYTES), 0, KEY_BYTES);
        KeyText.hex(toIndex, entryKey(), 2);
        System.arraycopy(key, 0, into.prepareRangeEnd(KEY_BYTES), 0, KEY_BYTES);
    }

    private byte[] entryKey() {
        key[0] = 'l';
        key[1] = '/';
        return key;
    }
}

package io.quorumark.workload.model.ledger;

import io.quorumark.workload.Generator;
import io.quorumark.workload.Mutations;
import io.quorumark.workload.Operation;
import io.quorumark.workload.OperationKind;
import io.quorumark.workload.WorkloadSpec;
import io.quorumark.workload.distribution.CompressibleBytes;
import io.quorumark.workload.distribution.KeySampler;
import io.quorumark.workload.distribution.Randomness;
import io.quorumark.workload.key.KeyText;
import io.quorumark.workload.model.Mix;
import io.quorumark.workload.model.ValueWriter;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * A ledger. A block ({@code b/<height>}) is appended in one batch with the new state of all accounts that its transactions move something
 * between; an account ({@code s/<prefix>/<account>}) stands beside the others of its prefix, as the slots of one contract do, and a
 * transaction changes two accounts of one prefix. State is read one by one or as a whole prefix, blocks one by one or as a range. Blocks
 * are never deleted. The last operation of the load appends the first block, so that there is always one to read.
 *
 * <p>The version of a state is the place of its operation in the stream, counted from 1; that of a block its height, counted from 1.
 */
final class LedgerGenerator implements Generator {
    private static final int PREFIX_KEY_BYTES = 2 + KeyText.HEX_BYTES + 1;
    private static final int STATE_KEY_BYTES = PREFIX_KEY_BYTES + KeyText.HEX_BYTES;
    private static final int BLOCK_KEY_BYTES = 2 + KeyText.HEX_BYTES;
    private static final int APPEND = 0;
    private static final int READ_STATE = 1;
    private static final int LIST_STATE = 2;
    private static final int READ_BLOCK = 3;
    private static final int SCAN_BLOCKS = 4;

    private final LedgerSpec ledger;
    private final long accounts;
    private final UniformRandomProvider random;
    private final Mix mix;
    private final KeySampler keys;
    private final ValueWriter values;
    private final CompressibleBytes transactions;
    private final int maxScanLength;
    private final byte[] key = new byte[STATE_KEY_BYTES];
    private long blocks;

    LedgerGenerator(WorkloadSpec spec, LedgerSpec ledger, long seed, long accounts) {
        this.ledger = ledger;
        this.accounts = accounts;
        random = Randomness.of(seed, "ledger");
        mix = new Mix(spec);
        keys = spec.drawnKeys().openSampler(accounts, false, random);
        values = new ValueWriter(spec.values(), seed, random);
        transactions = new CompressibleBytes(spec.values().compressionRatio(), Randomness.scatter(seed));
        maxScanLength = spec.longestScan();
    }

    @Override
    public long loadOperations() {
        return accounts + 1;
    }

    @Override
    public void load(long index, Operation into) {
        if (index == accounts) {
            append(index, into);
            return;
        }
        into.reset(OperationKind.INSERT, mix.of(APPEND));
        copyKey(stateKey(index), into);
        values.write(into, index + 1);
    }

    @Override
    public void mix(long position, Operation into) {
        int choice = mix.sample(random);
        switch (choice) {
            case APPEND -> append(position, into);
            case READ_STATE -> {
                into.reset(OperationKind.READ, mix.of(READ_STATE));
                copyKey(stateKey(keys.sample(accounts)), into);
            }
            case LIST_STATE -> listState(into);
            case READ_BLOCK -> {
                into.reset(OperationKind.READ, mix.of(READ_BLOCK));
                copyKey(blockKey(random.nextLong(blocks)), into);
            }
            default -> {
                into.reset(OperationKind.SCAN, mix.of(SCAN_BLOCKS));
                long length = Math.min(blocks, 1L + random.nextInt(maxScanLength));
                copyKey(blockKey(random.nextLong(blocks - length + 1)), into);
                into.setScanLength((int) length);
            }
        }
    }

    private void append(long position, Operation into) {
        into.reset(OperationKind.BATCH, mix.of(APPEND));
        Mutations mutations = into.mutations();
        int length = ledger.blockBytes();
        byte[] block = into.prepareValue(length);
        KeyText.bigEndian(blocks + 1, block, 0);
        KeyText.bigEndian(blocks, block, Operation.VERSION_BYTES);
        transactions.fill(block, 2 * Operation.VERSION_BYTES, length, random);
        mutations.put(key, blockKey(blocks), block, length);
        blocks++;
        for (int i = 0; i < ledger.transactionsPerBlock(); i++) {
            long account = keys.sample(accounts);
            long first = firstOfPrefix(account);
            long other = first + random.nextInt(accountsOfPrefix(first));
            putState(account, position, into);
            putState(other, position, into);
        }
        into.prepareValue(0);
    }

    private void putState(long account, long position, Operation into) {
        values.write(into, position + 1);
        into.mutations().put(key, stateKey(account), into.value(), into.valueLength());
    }

    private void listState(Operation into) {
        into.reset(OperationKind.SCAN, mix.of(LIST_STATE));
        long account = keys.sample(accounts);
        stateKey(account);
        copyKey(PREFIX_KEY_BYTES, into);
        into.setScanLength(accountsOfPrefix(firstOfPrefix(account)));
    }

    private long firstOfPrefix(long account) {
        return account - account % ledger.accountsPerPrefix();
    }

    private int accountsOfPrefix(long first) {
        return (int) Math.min(ledger.accountsPerPrefix(), accounts - first);
    }

    private int stateKey(long account) {
        key[0] = 's';
        key[1] = '/';
        KeyText.hex(Randomness.scatter(firstOfPrefix(account)), key, 2);
        key[PREFIX_KEY_BYTES - 1] = '/';
        KeyText.hex(account, key, PREFIX_KEY_BYTES);
        return STATE_KEY_BYTES;
    }

    private int blockKey(long height) {
        key[0] = 'b';
        key[1] = '/';
        KeyText.hex(height, key, 2);
        return BLOCK_KEY_BYTES;
    }

    private void copyKey(int length, Operation into) {
        System.arraycopy(key, 0, into.prepareKey(length), 0, length);
    }
}

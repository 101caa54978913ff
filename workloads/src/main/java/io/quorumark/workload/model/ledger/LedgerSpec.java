package io.quorumark.workload.model.ledger;

import io.quorumark.workload.ModelSection;
import io.quorumark.workload.Operation;
import io.quorumark.workload.spec.InvalidValue;
import io.quorumark.workload.value.ValueSpec;

/**
 * What only a {@code ledger} workload has.
 *
 * @param transactionsPerBlock how many transactions a block carries, each of which changes two accounts of one prefix; 1 to 10000
 * @param transactionBytes what a transaction takes in its block, in bytes, 8 to 4096
 * @param accountsPerPrefix how many accounts a prefix has, 1 to 10000
 */
public record LedgerSpec(int transactionsPerBlock, int transactionBytes, int accountsPerPrefix)
        implements ModelSection {
    /** What holds if a file does not say. */
    static final LedgerSpec DEFAULT = new LedgerSpec(20, 128, 100);

    public LedgerSpec {
        if (transactionsPerBlock < 1 || transactionsPerBlock > 10_000) {
            throw new InvalidValue("transactionsPerBlock", transactionsPerBlock, "1 to 10000");
        }
        if (transactionBytes < 8 || transactionBytes > 4096) {
            throw new InvalidValue("transactionBytes", transactionBytes, "8 to 4096");
        }
        if (accountsPerPrefix < 1 || accountsPerPrefix > 10_000) {
            throw new InvalidValue("accountsPerPrefix", accountsPerPrefix, "1 to 10000");
        }
        if ((long) transactionsPerBlock * transactionBytes > ValueSpec.MAX_BYTES / 2) {
            throw new InvalidValue(
                    "transactionBytes",
                    transactionBytes,
                    "at most " + ValueSpec.MAX_BYTES / 2 / transactionsPerBlock + ", as a block of "
                            + transactionsPerBlock + " must not be longer than " + ValueSpec.MAX_BYTES / 2 + " bytes");
        }
    }

    /** The length of a block in bytes: version, height, transactions. */
    int blockBytes() {
        return 2 * Operation.VERSION_BYTES + transactionsPerBlock * transactionBytes;
    }
}

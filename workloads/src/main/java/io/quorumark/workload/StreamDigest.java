package io.quorumark.workload;

import io.quorumark.workload.digest.WordHash;
import java.util.Arrays;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A running 128-bit digest of all that a stream has handed out: kinds, keys, values, versions, mutations, in order. It is kept at fixed
 * prefix lengths (powers of two and multiples of {@value #STEP}), so that two trials that issued different numbers of operations can be
 * compared at the longest prefix that both have.
 *
 * <p>It tells different streams apart, as a checksum does; it is no protection against forgery.
 */
public final class StreamDigest {
    /** The digest is kept each time this many operations have been added. */
    public static final long STEP = 10_000;

    private final WordHash hash = new WordHash();
    private long operations;
    private long nextKept = 1;
    private int kept;
    /** For each kept prefix: length, high and low half of the digest. */
    private long[] prefixes = new long[3 * 64];

    StreamDigest() {}

    /** How many operations are in it. */
    public long operations() {
        return operations;
    }

    /** The digest of all operations so far: 32 hexadecimal digits. */
    public String current() {
        return hex(hash.high(), hash.low());
    }

    /** The kept digests by prefix length. A copy. */
    public SortedMap<Long, String> prefixes() {
        SortedMap<Long, String> digests = new TreeMap<>();
        for (int i = 0; i < kept; i++) {
            digests.put(prefixes[3 * i], hex(prefixes[3 * i + 1], prefixes[3 * i + 2]));
        }
        return Collections.unmodifiableSortedMap(digests);
    }

    void add(Operation operation) {
        hash.addWord(((long) code(operation.demand()) << 32) | operation.operationClassIndex());
        switch (operation.demand()) {
            case BATCH -> addMutations(operation.mutations());
            case COMPARE_AND_SET -> {
                hash.addWord(operation.expectedVersion());
                addKeyAndValue(operation);
            }
            case SCAN -> {
                hash.addWord(operation.scanLength());
                addKeyAndValue(operation);
            }
            case DELETE_RANGE -> {
                addKeyAndValue(operation);
                hash.addBytes(operation.rangeEnd(), 0, operation.rangeEndLength());
            }
            default -> addKeyAndValue(operation);
        }
        if (++operations == nextKept) {
            keep();
        }
    }

    private void addKeyAndValue(Operation operation) {
        hash.addBytes(operation.key(), 0, operation.keyLength());
        if (operation.valueLength() > 0) {
            hash.addBytes(operation.value(), 0, operation.valueLength());
        }
    }

    private void addMutations(Mutations mutations) {
        hash.addWord(mutations.count());
        for (int i = 0; i < mutations.count(); i++) {
            hash.addBytes(mutations.bytes(), mutations.keyOffset(i), mutations.keyLength(i));
            if (mutations.isPut(i)) {
                hash.addBytes(mutations.bytes(), mutations.valueOffset(i), mutations.valueLength(i));
            } else {
                hash.addWord(-1);
            }
        }
    }

    private static int code(Demand demand) {
        return switch (demand) {
            case READ -> 0;
            case UPDATE -> 1;
            case INSERT -> 2;
            case DELETE -> 3;
            case SCAN -> 4;
            case READ_MODIFY_WRITE -> 5;
            case BATCH -> 6;
            case COMPARE_AND_SET -> 7;
            case EXISTS -> 8;
            case DELETE_RANGE -> 9;
        };
    }

    private void keep() {
        if (3 * kept == prefixes.length) {
            prefixes = Arrays.copyOf(prefixes, 2 * prefixes.length);
        }
        prefixes[3 * kept] = operations;
        prefixes[3 * kept + 1] = hash.high();
        prefixes[3 * kept + 2] = hash.low();
        kept++;
        long nextStep = (operations / STEP + 1) * STEP;
        long nextPower = Long.highestOneBit(operations) << 1;
        nextKept = Math.min(nextStep, nextPower);
    }

    private static String hex(long high, long low) {
        String digits = "0123456789abcdef";
        char[] text = new char[32];
        for (int i = 0; i < 16; i++) {
            text[i] = digits.charAt((int) (high >>> (60 - 4 * i)) & 15);
            text[16 + i] = digits.charAt((int) (low >>> (60 - 4 * i)) & 15);
        }
        return new String(text);
    }
}

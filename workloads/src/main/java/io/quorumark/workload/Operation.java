package io.quorumark.workload;

import io.quorumark.workload.value.ValueSpec;
import org.jspecify.annotations.Nullable;

/**
 * One request of a workload: a mutable flyweight that an {@link OperationStream} fills again and again.
 *
 * <p><b>Ownership:</b> whoever passes an operation to {@link Target#submit} owns it, and refills it once the operation has completed. A
 * target reads it only between those two moments and keeps no reference to its arrays after completing it.
 *
 * <p><b>Values:</b> the first {@link #VERSION_BYTES} bytes of every value are its version, big-endian and never 0.
 * {@link OperationKind#COMPARE_AND_SET} compares that number.
 *
 * <p>Not thread-safe: passing it to another thread needs a happens-before edge.
 */
public final class Operation {
    /** The length of the version at the start of every value. */
    public static final int VERSION_BYTES = ValueSpec.MIN_BYTES;

    /** The {@link #expectedVersion()} of a compare-and-set that requires the key to be absent. */
    public static final long ABSENT_VERSION = 0;

    private Demand demand = Demand.READ;
    private OperationClass operationClass = OperationClass.UNCLASSIFIED;
    private byte[] key = new byte[64];
    private int keyLength;
    private byte[] value = new byte[256];
    private int valueLength;
    private byte[] rangeEnd = new byte[64];
    private int rangeEndLength;
    private int scanLength;
    private long expectedVersion;
    private final Mutations mutations = new Mutations();
    private @Nullable Object attachment;

    /** Which of the fields below mean something. */
    public OperationKind kind() {
        return demand.kind();
    }

    /** The kind, or the stricter form of it that is asked for. */
    public Demand demand() {
        return demand;
    }

    /** The name under which latencies are reported: {@code read}, {@code update}, ... or a workload's own, such as {@code touch}. */
    public String operationClass() {
        return operationClass.name();
    }

    /** The index of {@link #operationClass()} in {@link OperationStream#operationClasses()}. */
    public int operationClassIndex() {
        return operationClass.index();
    }

    /** The array whose first {@link #keyLength()} bytes are the key. Borrowed; it may be longer than the key. */
    public byte[] key() {
        return key;
    }

    /** In bytes; 0 for a {@link OperationKind#BATCH}. */
    public int keyLength() {
        return keyLength;
    }

    /** The array whose first {@link #valueLength()} bytes are the value to write. Borrowed; it may be longer than the value. */
    public byte[] value() {
        return value;
    }

    /** In bytes; 0 if this kind writes no value. */
    public int valueLength() {
        return valueLength;
    }

    /**
     * The array whose first {@link #rangeEndLength()} bytes are the key that a {@link Demand#DELETE_RANGE} ends before. Borrowed; it may be
     * longer than the key.
     */
    public byte[] rangeEnd() {
        return rangeEnd;
    }

    /** In bytes; 0 if this is no {@link Demand#DELETE_RANGE}. */
    public int rangeEndLength() {
        return rangeEndLength;
    }

    /** How many records a {@link OperationKind#SCAN} returns at the most; 0 otherwise. */
    public int scanLength() {
        return scanLength;
    }

    /** The version that a {@link OperationKind#COMPARE_AND_SET} expects, or {@link #ABSENT_VERSION}. */
    public long expectedVersion() {
        return expectedVersion;
    }

    /** The changes of a {@link OperationKind#BATCH}; empty otherwise. */
    public Mutations mutations() {
        return mutations;
    }

    /**
     * What the target has attached; null at first. Kept when the operation is refilled, so that a target can reuse what it needs per
     * outstanding operation.
     */
    public @Nullable Object attachment() {
        return attachment;
    }

    /** Attaches something of the target's. */
    public void attach(Object targets) {
        attachment = targets;
    }

    /** Makes this an operation of the given kind without key, value or mutations. Its arrays are kept. */
    public void reset(OperationKind newKind, OperationClass newClass) {
        reset(Demand.of(newKind), newClass);
    }

    /** Makes this an operation of the given form without key, value or mutations. Its arrays are kept. */
    public void reset(Demand newDemand, OperationClass newClass) {
        demand = newDemand;
        operationClass = newClass;
        keyLength = 0;
        valueLength = 0;
        rangeEndLength = 0;
        scanLength = 0;
        expectedVersion = ABSENT_VERSION;
        mutations.clear();
    }

    /** Sets the key's length and returns the array to write it to. */
    public byte[] prepareKey(int lengthBytes) {
        if (lengthBytes > key.length) {
            key = new byte[grown(key.length, lengthBytes)];
        }
        keyLength = lengthBytes;
        return key;
    }

    /** Sets the value's length and returns the array to write it to. */
    public byte[] prepareValue(int lengthBytes) {
        if (lengthBytes > value.length) {
            value = new byte[grown(value.length, lengthBytes)];
        }
        valueLength = lengthBytes;
        return value;
    }

    /** Sets the length of the key that a range ends before, and returns the array to write it to. */
    public byte[] prepareRangeEnd(int lengthBytes) {
        if (lengthBytes > rangeEnd.length) {
            rangeEnd = new byte[grown(rangeEnd.length, lengthBytes)];
        }
        rangeEndLength = lengthBytes;
        return rangeEnd;
    }

    public void setScanLength(int records) {
        scanLength = records;
    }

    public void setExpectedVersion(long version) {
        expectedVersion = version;
    }

    private static int grown(int capacity, int needed) {
        return Math.max(needed, 2 * capacity);
    }
}

package io.quorumark.workload;

/** What the operations of a stream after its load ask for, in numbers and bytes. Not thread-safe. */
public final class StreamTally {
    private long operations;
    private long reads;
    private long scans;
    private long writes;
    private long writtenBytes;

    void add(Operation operation) {
        operations++;
        switch (operation.demand()) {
            case READ -> reads++;
            case EXISTS -> {}
            case SCAN -> scans++;
            case READ_MODIFY_WRITE -> {
                reads++;
                wrote(operation.keyLength() + operation.valueLength());
            }
            case UPDATE, INSERT, COMPARE_AND_SET -> wrote(operation.keyLength() + operation.valueLength());
            case DELETE -> wrote(operation.keyLength());
            case DELETE_RANGE -> wrote(operation.keyLength() + operation.rangeEndLength());
            case BATCH -> wrote(operation.mutations().totalBytes());
        }
    }

    private void wrote(int bytes) {
        writes++;
        writtenBytes += bytes;
    }

    /** All of them. */
    public long operations() {
        return operations;
    }

    /** Those that return one value. */
    public long reads() {
        return reads;
    }

    public long scans() {
        return scans;
    }

    /** Those that change something, a batch counted once. */
    public long writes() {
        return writes;
    }

    /** Keys and values of all writes. */
    public long writtenBytes() {
        return writtenBytes;
    }
}

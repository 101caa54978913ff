package io.quorumark.engine.bridge;

import io.quorumark.engine.support.DirectChanges;

/** Changes that cross as they are. Their address is remembered, as asking for it costs as much as crossing. */
final class NativeChanges extends DirectChanges {
    private int capacity;
    private long address;

    /** @param capacity bytes at first */
    NativeChanges(int capacity) {
        super(capacity);
    }

    /** Valid until another change is added. */
    long address() {
        if (capacity != bytes().capacity()) {
            capacity = bytes().capacity();
            address = DirectMemory.addressOf(bytes());
        }
        return address;
    }
}

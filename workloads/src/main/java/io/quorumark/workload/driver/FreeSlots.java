package io.quorumark.workload.driver;

/** The clients that have nothing outstanding, the one that has been free longest first. Owned by the submitter. */
final class FreeSlots {
    private final Slot[] ring;
    private int head;
    private int count;

    FreeSlots(Submitter submitter, int clients) {
        ring = new Slot[clients];
        for (int i = 0; i < clients; i++) {
            ring[i] = new Slot(submitter);
        }
        count = clients;
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** Whether nothing is outstanding. */
    boolean isFull() {
        return count == ring.length;
    }

    Slot first() {
        return ring[head];
    }

    void removeFirst() {
        head = head + 1 == ring.length ? 0 : head + 1;
        count--;
    }

    void add(Slot slot) {
        int tail = head + count;
        ring[tail >= ring.length ? tail - ring.length : tail] = slot;
        count++;
    }
}

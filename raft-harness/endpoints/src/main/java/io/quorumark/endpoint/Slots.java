package io.quorumark.endpoint;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.BooleanSupplier;

/** So many at a time, in the order in which they ask. Thread-safe. */
public final class Slots {
    private final int most;
    private final Queue<BooleanSupplier> waiting = new ArrayDeque<>();
    private int taken;

    public Slots(int most) {
        this.most = most;
    }

    /**
     * Takes a slot, to be given back.
     *
     * @param later called once when one is free, on the thread that gives it back: true if it takes it, which is to be given back then
     * @return whether one is taken; otherwise {@code later} will be called
     */
    public boolean take(BooleanSupplier later) {
        synchronized (waiting) {
            if (taken < most) {
                taken++;
                return true;
            }
            waiting.add(later);
            return false;
        }
    }

    public void giveBack() {
        BooleanSupplier next;
        do {
            synchronized (waiting) {
                next = waiting.poll();
                if (next == null) {
                    taken--;
                    return;
                }
            }
        } while (!next.getAsBoolean());
    }

    public int taken() {
        synchronized (waiting) {
            return taken;
        }
    }
}

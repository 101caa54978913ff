package io.quorumark.workload.driver;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Keeps the slowest operations that do not overlap. An operation faster than all of them costs one comparison. For one thread. */
final class SlowestRecorder {
    private final long[] startNanos = new long[SlowestOperations.MOST];
    private final long[] endNanos = new long[SlowestOperations.MOST];
    private final int[] operationClass = new int[SlowestOperations.MOST];
    private final long[] others = new long[SlowestOperations.MOST];
    private int count;
    private long leastNanos;

    /** @param fromNanos from the run's start, as {@code toNanos} */
    void add(long fromNanos, long toNanos, int ofClass) {
        long length = toNanos - fromNanos;
        if (length <= leastNanos) {
            return;
        }
        long absorbed = 0;
        for (int i = count - 1; i >= 0; i--) {
            if (startNanos[i] < toNanos && endNanos[i] > fromNanos) {
                if (endNanos[i] - startNanos[i] >= length) {
                    others[i]++;
                    return;
                }
                absorbed += 1 + others[i];
                remove(i);
            }
        }
        if (count == SlowestOperations.MOST) {
            remove(shortest());
        }
        startNanos[count] = fromNanos;
        endNanos[count] = toNanos;
        operationClass[count] = ofClass;
        others[count] = absorbed;
        count++;
        if (count == SlowestOperations.MOST) {
            int shortest = shortest();
            leastNanos = endNanos[shortest] - startNanos[shortest];
        }
    }

    private void remove(int index) {
        count--;
        startNanos[index] = startNanos[count];
        endNanos[index] = endNanos[count];
        operationClass[index] = operationClass[count];
        others[index] = others[count];
        // with room again, anything may come in
        leastNanos = 0;
    }

    private int shortest() {
        int shortest = 0;
        for (int i = 1; i < count; i++) {
            if (endNanos[i] - startNanos[i] < endNanos[shortest] - startNanos[shortest]) {
                shortest = i;
            }
        }
        return shortest;
    }

    /** @param runStartNanos by the driver's clock */
    SlowestOperations slowest(long runStartNanos, long markNanos, List<String> operationClasses) {
        List<SlowestOperations.Slow> slowest = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            slowest.add(new SlowestOperations.Slow(
                    runStartNanos + startNanos[i],
                    endNanos[i] - startNanos[i],
                    operationClasses.get(operationClass[i]),
                    others[i]));
        }
        slowest.sort(
                Comparator.comparingLong(SlowestOperations.Slow::lengthNanos).reversed());
        return new SlowestOperations(runStartNanos + markNanos, slowest);
    }
}

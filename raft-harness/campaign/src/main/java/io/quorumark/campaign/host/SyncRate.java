package io.quorumark.campaign.host;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/**
 * What forcing an append of 4 KiB to the device takes.
 *
 * @param p50Micros in the middle
 * @param p99Micros at the 99th percentile
 * @param perSecond on one thread, one after the other
 */
public record SyncRate(double p50Micros, double p99Micros, double perSecond) {
    private static final int MOST = 100_000;

    /** @param folder on the device that is meant; the file is removed again */
    public static SyncRate measure(Path folder, Duration duration) throws IOException {
        long[] nanos = new long[MOST];
        int count = 0;
        long began = System.nanoTime();
        try (TimedAppends appends = new TimedAppends(folder)) {
            while (count < MOST && System.nanoTime() - began < duration.toNanos()) {
                nanos[count++] = appends.next();
            }
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return new SyncRate(sorted[count / 2] / 1e3, sorted[count * 99 / 100] / 1e3, count / seconds);
    }
}

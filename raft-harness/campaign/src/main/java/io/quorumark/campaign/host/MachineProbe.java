package io.quorumark.campaign.host;

import io.quorumark.results.model.Trial.Canary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Small fixed pieces of work done before each trial, to see whether the machine is as fast as it was: a spin of dependent multiplications,
 * a 4 KiB append forced to the device, a memory copy. Together they take about a tenth of a second. Not thread-safe.
 */
public final class MachineProbe {
    private static final int SPIN_STEPS = 20_000_000;
    private static final int COPY_BYTES = 16 << 20;
    private static final int APPENDS = 15;

    private final byte[] from = new byte[COPY_BYTES];
    private final byte[] to = new byte[COPY_BYTES];
    private CpuTicks ticks;
    private long spinResult;

    public MachineProbe() throws IOException {
        ticks = CpuTicks.now();
        Arrays.fill(from, (byte) 1);
        // The first runs are compiled away from the ones that count.
        for (int i = 0; i < 3; i++) {
            spin();
            copy();
        }
    }

    /** @param dataFolder where the engines will write; the canary's file is removed again */
    public Canary measure(Path dataFolder) throws IOException {
        double spinMillis = spin() / 1e6;
        double syncMicros = appendAndSync(dataFolder) / 1e3;
        double copyMillis = copy() / 1e6;
        CpuTicks now = CpuTicks.now();
        double steal = now.stealRatioSince(ticks);
        ticks = now;
        return new Canary(spinMillis, syncMicros, copyMillis, steal);
    }

    private long spin() {
        long start = System.nanoTime();
        long x = start | 1;
        for (int i = 0; i < SPIN_STEPS; i++) {
            x = x * 6364136223846793005L + 1442695040888963407L;
        }
        long nanos = System.nanoTime() - start;
        spinResult = x;
        return nanos;
    }

    private long copy() {
        long start = System.nanoTime();
        System.arraycopy(from, 0, to, 0, COPY_BYTES);
        return System.nanoTime() - start;
    }

    /** Keeps the spin from being optimised away. */
    long spinResult() {
        return spinResult;
    }

    private static long appendAndSync(Path folder) throws IOException {
        long[] nanos = new long[APPENDS];
        try (TimedAppends appends = new TimedAppends(folder)) {
            for (int i = 0; i < APPENDS; i++) {
                nanos[i] = appends.next();
            }
        }
        Arrays.sort(nanos);
        return nanos[APPENDS / 2];
    }
}

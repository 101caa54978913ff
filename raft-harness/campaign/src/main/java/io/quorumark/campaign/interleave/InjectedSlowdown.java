package io.quorumark.campaign.interleave;

import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Makes a trial slower by a known share: it is left stopped for that share of its own time, as if the machine had that much less for it.
 * Nothing is caught up meanwhile, as members, clients, compaction and collection stand still together; only what the device was given goes
 * on. It is there for the cells of a known-slowdown arm, and, to count a gate's misses, where the trial's JVM has the system property
 * {@value #PROPERTY}; both are stored with the campaign.
 *
 * <p>For the thread that keeps turns.
 */
public final class InjectedSlowdown {
    /** Share of the time, such as {@code 0.1}. */
    static final String PROPERTY = "quorumark.injectedSlowdown";

    private final double stopsPerRun;
    private double owedNanos;

    /** @param share of the time, 0 for none, less than 1 */
    InjectedSlowdown(double share) {
        this.stopsPerRun = share / (1 - share);
    }

    /**
     * The share that was asked for of a trial in this JVM.
     *
     * @param ofCell share of time that the cell asks for; 0 for none
     * @throws IllegalArgumentException the property is no share
     */
    public static double share(double ofCell) {
        String ofJvm = System.getProperty(PROPERTY);
        return 1 - (1 - ofCell) * (1 - (ofJvm == null ? 0 : checked(Double.parseDouble(ofJvm))));
    }

    /** Whether JVMs with these flags ask for one. */
    public static boolean isIn(List<String> jvmFlags) {
        return jvmFlags.stream().anyMatch(flag -> flag.startsWith("-D" + PROPERTY + "="));
    }

    private static double checked(double share) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("the injected slowdown (" + PROPERTY + ") is " + share
                    + ", expected more than 0 and less than 1, such as 0.1");
        }
        return share;
    }

    boolean isNone() {
        return stopsPerRun == 0;
    }

    /** The trial ran for so long. */
    void ran(long nanos) {
        owedNanos += nanos * stopsPerRun;
    }

    /** The trial, which is stopped, stood still for so long in its own time. */
    void stoodStill(long nanos) {
        owedNanos -= nanos;
    }

    /** Waits for as long as the trial, which is stopped, still has to stand still. */
    void standStill() throws InterruptedException {
        if (owedNanos > 0) {
            long began = System.nanoTime();
            TimeUnit.NANOSECONDS.sleep((long) owedNanos);
            stoodStill(System.nanoTime() - began);
        }
    }
}

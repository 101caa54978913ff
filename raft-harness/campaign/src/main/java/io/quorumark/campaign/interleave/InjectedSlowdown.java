package io.quorumark.campaign.interleave;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/**
 * Makes a trial slower by a known share: it is left stopped for that share of its own time, as if the machine had that much less for it, as
 * often as turns change or for a set time at once.
 * Nothing is caught up meanwhile, as members, clients, compaction and collection stand still together; only what the device was given goes
 * on. It is there for the cells of a known-slowdown arm, and, to count a gate's misses, if the trial's JVM has the system property
 * {@value #PROPERTY}; both are stored with the campaign.
 *
 * <p>For the thread that keeps turns.
 */
public final class InjectedSlowdown {
    /** Share of the time, such as {@code 0.1}. */
    static final String PROPERTY = "quorumark.injectedSlowdown";

    private static final String FLAG = "-D" + PROPERTY;
    private static final String EXPECTED = "a number above 0 and below 1, such as 0.1";

    private final double stopsPerRun;
    private final double stopNanos;
    private double owedNanos;

    /**
     * @param share of the time, 0 for none, less than 1
     * @param stopMillis how long it is left stopped at once; 0 for whatever it owes
     */
    InjectedSlowdown(double share, double stopMillis) {
        this.stopsPerRun = share / (1 - share);
        this.stopNanos = 1e6 * stopMillis;
    }

    /**
     * The share that was asked for of a trial in this JVM.
     *
     * @param ofCell share of time that the cell asks for; 0 for none
     * @throws IllegalArgumentException the property is no share
     */
    public static double share(double ofCell) {
        String ofJvm = System.getProperty(PROPERTY);
        return 1 - (1 - ofCell) * (1 - (ofJvm == null ? 0 : shareOf(ofJvm)));
    }

    private static double shareOf(String ofJvm) {
        return parse(ofJvm)
                .orElseThrow(() -> new IllegalArgumentException(
                        "the injected slowdown (" + PROPERTY + ") is '" + ofJvm + "', expected " + EXPECTED));
    }

    /** Whether JVMs with these flags ask for one. */
    public static boolean isIn(List<String> jvmFlags) {
        return jvmFlags.stream().anyMatch(flag -> flag.startsWith(FLAG + "="));
    }

    /** What a JVM flag should say instead, if it asks for a slowdown that is none; empty for all others. */
    public static Optional<String> wanted(String jvmFlag) {
        boolean asks = jvmFlag.equals(FLAG) || jvmFlag.startsWith(FLAG + "=");
        String share = jvmFlag.substring(Math.min(jvmFlag.length(), FLAG.length() + 1));
        return asks && parse(share).isEmpty() ? Optional.of(EXPECTED) : Optional.empty();
    }

    private static OptionalDouble parse(String text) {
        try {
            double share = Double.parseDouble(text);
            return share > 0 && share < 1 ? OptionalDouble.of(share) : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    boolean isNone() {
        return stopsPerRun == 0;
    }

    /** The trial ran for so long. */
    void ran(long nanos) {
        owedNanos += nanos * stopsPerRun;
    }

    /** How long the trial, which is not stopped, may run before it has to stand still. */
    long runsForNanos() {
        return (long) Math.max(0, (stopNanos - owedNanos) / stopsPerRun);
    }

    /** The trial, which is stopped, stood still for so long in its own time. */
    void stoodStill(long nanos) {
        owedNanos -= nanos;
    }

    /** Waits for as long as the trial, which is stopped, still has to stand still. */
    void standStill() throws InterruptedException {
        if (owedNanos > 0 && owedNanos >= stopNanos) {
            long began = System.nanoTime();
            TimeUnit.NANOSECONDS.sleep((long) owedNanos);
            stoodStill(System.nanoTime() - began);
        }
    }
}

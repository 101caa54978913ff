package io.quorumark.campaign.trial;

import io.quorumark.campaign.trial.Deployment.InstanceStats;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What engines put off: bytes that wait for compaction, and compactions and flushes that run. Watches it until it no longer falls. Engines
 * that do not tell have none.
 */
final class EngineDebt {
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** Below the limit at which an engine starts a compaction, debt stays for ever. */
    private static final long STILL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(60);

    private static final List<String> RUNNING = List.of("compaction.running", "flush.running", "flush.pending");

    private EngineDebt() {}

    /** @param running how many compactions and flushes run or wait */
    record Reading(double bytes, double running) {
        static Reading of(List<InstanceStats> instances) {
            double running = 0;
            for (String name : RUNNING) {
                running += sum(instances, name);
            }
            return new Reading(sum(instances, "compaction.pending.bytes"), running);
        }

        boolean isNone() {
            return bytes == 0 && running == 0;
        }

        private boolean isLessThan(Reading other) {
            return bytes < other.bytes || (bytes == other.bytes && running < other.running);
        }
    }

    /**
     * @param remainingBytes of debt that no longer fell
     * @param atNanos when it last fell
     */
    record Settled(double remainingBytes, long atNanos) {}

    /** The sum of a figure over all instances that have it. */
    static double sum(List<InstanceStats> instances, String name) {
        return instances.stream()
                .mapToDouble(instance -> instance.values().getOrDefault(name, 0.0))
                .sum();
    }

    static Settled await(Supplier<Reading> debt) throws InterruptedException {
        return await(debt, System::nanoTime, LockSupport::parkNanos);
    }

    /** @param pause waits for so many nanoseconds, or less */
    static Settled await(Supplier<Reading> debt, LongSupplier clock, Pause pause) throws InterruptedException {
        long began = clock.getAsLong();
        long fellAt = began;
        Reading least = debt.get();
        Reading last = least;
        while (!last.isNone()) {
            long now = clock.getAsLong();
            // Work that runs makes debt fall in steps.
            boolean still = last.running() == 0 && now - fellAt >= STILL_NANOS;
            if (still || now - began >= LONGEST_NANOS) {
                break;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            pause.nanos(POLL_NANOS);
            last = debt.get();
            if (last.isLessThan(least)) {
                least = last;
                fellAt = clock.getAsLong();
            }
        }
        return new Settled(last.bytes(), fellAt);
    }

    /** Passes time. */
    @FunctionalInterface
    interface Pause {
        void nanos(long nanos);
    }
}

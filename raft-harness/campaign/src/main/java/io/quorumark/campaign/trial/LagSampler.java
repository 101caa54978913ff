package io.quorumark.campaign.trial;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Watches how far each replica is behind the furthest one, on a thread of its own. For one window. */
final class LagSampler {
    private static final long PERIOD_MILLIS = 50;
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Supplier<Map<String, Long>> appliedIndexes;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "replication-lag");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, List<Long>> entries = new TreeMap<>();
    private long beganNanos;
    private boolean stopped;
    private @Nullable Throwable failure;

    /** @param appliedIndexes by member, the last entry that it has applied; asked from the sampler's thread */
    LagSampler(Supplier<Map<String, Long>> appliedIndexes) {
        this.appliedIndexes = appliedIndexes;
    }

    void start() {
        beganNanos = System.nanoTime();
        ScheduledFuture<?> unused = clock.scheduleAtFixedRate(this::sample, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** One look. A schedule ends silently with the first exception of its task: it is kept for {@link #failure}. */
    void sample() {
        try {
            add((int) ((System.nanoTime() - beganNanos) / SECOND_NANOS), appliedIndexes.get());
        } catch (RuntimeException | Error e) {
            failed(e);
            throw e;
        }
    }

    private synchronized void failed(Throwable thrown) {
        // the end of the watch interrupts a look that is under way, which is no failure
        if (!stopped && failure == null) {
            failure = thrown;
        }
    }

    /** Why the watch ended before it was to; empty if it did not. */
    synchronized Optional<String> failure() {
        return Optional.ofNullable(failure)
                .map(thrown -> "the members' applied indexes could not be read, so that nothing is known of their lag: "
                        + thrown);
    }

    /** Keeps the largest lag of each second; a second without a sample repeats the one before. */
    synchronized void add(int second, Map<String, Long> applied) {
        long furthest =
                applied.values().stream().mapToLong(Long::longValue).max().orElse(0);
        applied.forEach((member, index) -> {
            List<Long> lags = entries.computeIfAbsent(member, absent -> new ArrayList<>());
            long behind = furthest - index;
            while (lags.size() <= second) {
                lags.add(lags.isEmpty() || lags.size() == second ? behind : lags.get(lags.size() - 1));
            }
            lags.set(second, Math.max(behind, lags.get(second)));
        });
    }

    /** Ends the watch: what was seen in whole seconds of the window, entries by member and second. */
    Map<String, List<Long>> stop() {
        synchronized (this) {
            stopped = true;
        }
        clock.shutdownNow();
        return seen(Math.max(1, (int) ((System.nanoTime() - beganNanos) / SECOND_NANOS)));
    }

    /** What was seen in the first {@code seconds}. */
    synchronized Map<String, List<Long>> seen(int seconds) {
        Map<String, List<Long>> whole = new TreeMap<>();
        entries.forEach((member, lags) ->
                whole.put(member, List.copyOf(lags.subList(0, Math.min(seconds, lags.size())))));
        return whole;
    }
}

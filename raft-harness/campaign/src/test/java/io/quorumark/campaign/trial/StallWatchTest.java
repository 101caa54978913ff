package io.quorumark.campaign.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.campaign.support.Await;
import io.quorumark.campaign.trial.StallWatch.Look;
import io.quorumark.raft.timing.Activity;
import io.quorumark.results.model.Stall.Coincidence;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StallWatchTest {
    private static final long MILLI = 1_000_000;

    private static Activity activity(String kind, long fromMillis, long toMillis) {
        return new Activity(kind, fromMillis * MILLI, toMillis * MILLI);
    }

    private static Look look(long atMillis, double compilation, double stolen, double busy, double own, double device) {
        return new Look(atMillis * MILLI, compilation, stolen, busy, own, device, 7);
    }

    @Test
    void what_overlaps_a_stall_is_named_with_its_part_of_it_and_what_does_not_is_not() {
        List<Coincidence> coincided = StallWatch.coincided(
                100 * MILLI,
                200 * MILLI,
                List.of(
                        activity("collection", 50, 90),
                        activity("collection", 90, 160),
                        activity("log-cut", 190, 300),
                        activity("snapshot", 200, 300)),
                List.of());
        assertThat(coincided).containsExactly(new Coincidence("collection", 60), new Coincidence("log-cut", 10));
    }

    @Test
    void the_same_moment_counts_once_however_many_members_were_at_it() {
        List<Coincidence> coincided = StallWatch.coincided(
                0,
                100 * MILLI,
                List.of(activity("snapshot", 10, 40), activity("snapshot", 20, 60), activity("snapshot", 30, 35)),
                List.of());
        assertThat(coincided).containsExactly(new Coincidence("snapshot", 50));
    }

    @Test
    void what_an_engine_did_in_its_background_is_named_after_what_took_as_long() {
        List<Coincidence> coincided = StallWatch.coincided(
                100 * MILLI,
                200 * MILLI,
                List.of(
                        activity("compaction", 0, 900),
                        activity("compaction", 50, 150),
                        activity("flush", 190, 250),
                        activity("flush", 10, 90),
                        activity("snapshot", 100, 200)),
                List.of());
        assertThat(coincided)
                .containsExactly(
                        new Coincidence("snapshot", 100),
                        new Coincidence("compaction", 100),
                        new Coincidence("flush", 10));
    }

    @Test
    void what_is_looked_at_counts_between_the_looks_around_the_stall_and_from_a_tenth_on() {
        List<Look> looks = List.of(
                look(80, 10, 0, 1_000, 900, 50), look(100, 20, 0, 1_020, 915, 50), look(200, 29, 30, 1_200, 995, 130));
        assertThat(StallWatch.coincided(110 * MILLI, 190 * MILLI, List.of(), looks))
                .containsExactly(
                        new Coincidence("other-processes", 100),
                        new Coincidence("device", 80),
                        new Coincidence("steal", 30));
    }

    @Test
    void a_leader_change_is_named() {
        List<Look> looks = List.of(look(0, 0, 0, 0, 0, 0), new Look(100 * MILLI, 0, 0, 0, 0, 0, 8));
        assertThat(StallWatch.coincided(10 * MILLI, 90 * MILLI, List.of(), looks))
                .containsExactly(new Coincidence("leader-change", 80));
    }

    @Test
    void collections_of_this_jvm_are_heard_of_with_their_times() {
        CollectorPauses pauses = new CollectorPauses();
        pauses.start();
        long beganNanos = System.nanoTime();
        List<Activity> heard;
        try {
            ManagementFactory.getMemoryMXBean().gc();
            Await.until(
                    "the collection is told",
                    30_000_000_000L,
                    () -> !pauses.heard().isEmpty());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            heard = pauses.stop();
        }
        assertThat(heard).allSatisfy(pause -> {
            assertThat(pause.kind()).isEqualTo("collection");
            assertThat(pause.endNanos()).isGreaterThanOrEqualTo(pause.startNanos());
            // the JVM tells times in milliseconds
            assertThat(pause.endNanos()).isBetween(beganNanos - 5 * MILLI, System.nanoTime());
        });
    }

    /** Ends around the moment of a look, which must find what it reads open, or not come. */
    @Test
    void the_watch_ends_at_any_moment() {
        for (int i = 0; i < 100; i++) {
            StallWatch watch = new StallWatch(new IdleDeployment(), Optional.empty());
            long began = System.nanoTime();
            watch.start();
            long endNanos = began + StallWatch.PERIOD_MILLIS * MILLI + (i - 50) * 10_000L;
            while (System.nanoTime() < endNanos) {
                Thread.onSpinWait();
            }
            watch.stop();
        }
    }
}

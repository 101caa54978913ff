package io.quorumark.campaign.interleave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.quorumark.campaign.support.Await;
import io.quorumark.campaign.support.HarnessException;
import io.quorumark.workload.driver.NanoClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TurnsTest {
    private static final Duration SLICE = Duration.ofMillis(5);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    @TempDir
    Path folder;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicIntegerArray ended = new AtomicIntegerArray(2);
    private final List<String> sent = new CopyOnWriteArrayList<>();
    private final List<String> placed = new ArrayList<>();
    private final List<Integer> begun = new ArrayList<>();
    private final List<List<Double>> stoppedMillis =
            List.of(new CopyOnWriteArrayList<>(), new CopyOnWriteArrayList<>());
    private final AtomicLong restBeganNanos = new AtomicLong();
    private int stopsInTheRest;
    private Turns turns;

    @BeforeEach
    void turns() throws IOException {
        turns = new Turns(folder.resolve("turns"), SLICE, (first, second) -> new RecordedSignals());
    }

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    /** Of a pair that is told and never stopped, so that a trial may end while it is called stopped. */
    private final class RecordedSignals implements Signals {
        private final double[] stoppedSeconds = new double[2];

        @Override
        public void stop(int side) {
            sent.add("stop " + side);
            stopsInTheRest += stateOf(1 - side) == TurnTable.TurnState.MEASURED ? 1 : 0;
        }

        @Override
        public void goOn(int side) {
            double stopped = participant(side).stoppedSeconds();
            stoppedMillis.get(side).add((stopped - stoppedSeconds[side]) * 1e3);
            stoppedSeconds[side] = stopped;
            sent.add("go on " + side);
        }

        @Override
        public void place(int side, int round) {
            placed.add(side + " in round " + round);
        }

        @Override
        public void close() {
            sent.add("close");
        }
    }

    private void keep() throws InterruptedException {
        turns.keep(this::hasEnded, trial -> begun.add(Turns.block(trial)));
    }

    private boolean hasEnded(int side) {
        return ended.get(side) == 1;
    }

    private TurnTable.TurnState stateOf(int side) {
        return table().state(side);
    }

    private TurnTable table() {
        try {
            return TurnTable.open(folder.resolve("turns"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Participant participant(int side) {
        return Participant.among(turns.environment(side)).orElseThrow();
    }

    @Test
    void stops_one_while_the_other_runs_and_leaves_the_stopped_time_out_of_its_clock() throws Exception {
        Future<Double> first = threads.submit(() -> trial(0, 1, () -> turnsOf(0) >= 3));
        Future<Double> second = threads.submit(() -> trial(1, 1, () -> turnsOf(1) >= 3));
        keep();
        assertThat(sent)
                .startsWith("stop 0", "stop 1", "go on 0", "stop 0", "go on 1")
                .endsWith("close");
        assertThat(placed).startsWith("0 in round 0", "1 in round 1", "0 in round 1", "1 in round 2");
        assertThat(first.get()).isGreaterThan(SLICE.toNanos() / 1e9);
        assertThat(second.get()).isGreaterThan(SLICE.toNanos() / 1e9);
    }

    /** How often a side was let go on. */
    private int turnsOf(int side) {
        return Collections.frequency(sent, "go on " + side);
    }

    private double trial(int side, int number, BooleanSupplier isOver) throws InterruptedException {
        return trial(side, number, isOver, 0);
    }

    /**
     * Ends by what has happened to it: a keeper that is late on a busy machine gives fewer turns in the same time.
     *
     * @param number in which block
     * @return seconds stopped
     */
    private double trial(int side, int number, BooleanSupplier isOver, double slowdown) throws InterruptedException {
        Participant participant = participant(side);
        participant.ready(number, 0, slowdown, 0);
        NanoClock clock = participant.clock();
        try {
            while (!isOver.getAsBoolean()) {
                assertClockLeavesStopsOut(clock, participant);
                clock.parkUntil(clock.nanoTime() + 100_000);
            }
        } catch (RuntimeException | Error e) {
            // as one that has died, so that the test ends with what it died of
            ended.set(side, 1);
            table().setState(side, TurnTable.TurnState.ABSENT);
            throw e;
        }
        double stopped = participant.stoppedSeconds();
        sent.add("measured " + side);
        participant.measured();
        ended.set(side, 1);
        return stopped;
    }

    /** Between what it would say if it were read at once before, and at once after. */
    private static void assertClockLeavesStopsOut(NanoClock clock, Participant participant) {
        long stoppedBefore = stoppedNanos(participant);
        long before = System.nanoTime();
        long time = clock.nanoTime();
        long after = System.nanoTime();
        assertThat(time).isBetween(before - stoppedNanos(participant), after - stoppedBefore);
    }

    private static long stoppedNanos(Participant participant) {
        return Math.round(1e9 * participant.stoppedSeconds());
    }

    @Test
    void a_trial_whose_counterpart_has_ended_goes_alone() throws Exception {
        ended.set(1, 1);
        Future<Double> alone = threads.submit(() -> trial(0, 1, () -> true));
        turns.awaitReady(1, this::hasEnded);
        keep();
        assertThat(alone.get()).isZero();
        assertThat(sent).containsExactly("measured 0");
    }

    @Test
    void a_trial_whose_counterpart_was_skipped_goes_alone_and_the_next_ones_take_turns() throws Exception {
        Future<Double> first = threads.submit(() -> {
            trial(0, 1, () -> true);
            ended.set(0, 0);
            return trial(0, 2, () -> turnsOf(0) >= 2);
        });
        Future<Double> second = threads.submit(() -> trial(1, 2, () -> turnsOf(1) >= 2));
        keep();
        assertThat(first.get()).isPositive();
        assertThat(second.get()).isPositive();
        assertThat(sent).startsWith("measured 0", "stop 1").containsOnlyOnce("close");
        assertThat(begun).containsExactly(1, 2);
    }

    @Test
    void the_rest_belongs_to_the_one_that_takes_longer() throws Exception {
        Future<Double> first = threads.submit(() -> trial(0, 1, () -> turnsOf(0) >= 1));
        Future<Double> second = threads.submit(() -> trial(1, 1, this::hasHadTenSlicesOfTheRest));
        keep();
        assertThat(first.get()).isPositive();
        assertThat(second.get()).isPositive();
        assertThat(stopsInTheRest)
                .as("stops of a trial whose counterpart had ended, but for the turn in which it did")
                .isLessThanOrEqualTo(1);
    }

    private boolean hasHadTenSlicesOfTheRest() {
        if (stateOf(0) != TurnTable.TurnState.MEASURED) {
            return false;
        }
        if (restBeganNanos.get() == 0) {
            restBeganNanos.set(System.nanoTime());
        }
        return System.nanoTime() - restBeganNanos.get() > 10 * SLICE.toNanos();
    }

    @Test
    void a_trial_that_is_to_be_slower_stands_still_in_its_own_time() throws Exception {
        Future<Double> slowed = threads.submit(() -> trial(0, 1, () -> turnsOf(0) >= 20, 0.5));
        Future<Double> plain = threads.submit(() -> trial(1, 1, () -> turnsOf(1) >= 20));
        keep();
        slowed.get();
        plain.get();
        // its own turns are twice as long, and its counterpart is stopped for all of them
        assertThat(medianOf(stoppedMillis.get(1))).isGreaterThan(1.4 * medianOf(stoppedMillis.get(0)));
    }

    private static double medianOf(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }

    @Test
    void a_trial_alone_that_is_to_be_slower_is_stopped_and_let_go_on() throws Exception {
        ended.set(1, 1);
        Future<Double> alone = threads.submit(() -> trial(0, 1, () -> turnsOf(0) >= 10, 0.5));
        turns.awaitReady(0, this::hasEnded);
        long beganNanos = System.nanoTime();
        keep();
        assertThat(System.nanoTime() - beganNanos)
                .as("nanoseconds for ten runs of a slice and as many stops")
                .isGreaterThan(2 * 10 * SLICE.toNanos());
        assertThat(alone.get()).as("left out of its clock").isZero();
        assertThat(sent).startsWith("stop 0", "go on 0", "stop 0", "go on 0").endsWith("close");
    }

    /** Sends what it is told to, and counts how long a side stands still, and each time. */
    private static final class TimedSignals implements Signals {
        private final Signals signals;
        private final double share;
        private Runnable onShare = () -> {};
        private final long beganNanos = System.nanoTime();
        private final List<Double> stopMillis = new ArrayList<>();
        private long stoppedAtNanos;
        private long stoodNanos;
        private long wentOnNanos;

        /** @param share of its time in which it is to stand still */
        TimedSignals(Signals signals, double share) {
            this.signals = signals;
            this.share = share;
        }

        @Override
        public void stop(int side) {
            signals.stop(side);
            stoppedAtNanos = System.nanoTime();
        }

        @Override
        public void goOn(int side) {
            signals.goOn(side);
            wentOnNanos = System.nanoTime();
            stoodNanos += wentOnNanos - stoppedAtNanos;
            stopMillis.add((wentOnNanos - stoppedAtNanos) / 1e6);
            // what a busy machine does to one stop is made up for by the next ones
            if (wentOnNanos - beganNanos >= TimeUnit.SECONDS.toNanos(1)
                    && stopMillis.size() >= 2
                    && Math.abs(stoppedShare() - share) < 0.03) {
                onShare.run();
            }
        }

        @Override
        public void place(int side, int round) {
            signals.place(side, round);
        }

        @Override
        public void close() {
            signals.close();
        }

        double stoppedShare() {
            return stoodNanos / (double) (wentOnNanos - beganNanos);
        }
    }

    /** Busy on every processor, so that whoever stops it has to wait for one. */
    @Test
    void a_process_gets_what_the_slowdown_leaves_it() throws Exception {
        int processors = Runtime.getRuntime().availableProcessors();
        String loops = "(while :; do :; done) & ".repeat(2 * processors) + "wait";
        Process busy = new ProcessBuilder("sh", "-c", loops).start();
        try {
            while (busy.descendants().count() < 2L * processors) {
                Thread.onSpinWait();
            }
            assertThat(slowUntilItHasItsShare(busy, 0.5, 0).stoppedShare()).isCloseTo(0.5, within(0.03));
        } finally {
            busy.descendants().forEach(ProcessHandle::destroyForcibly);
            busy.destroyForcibly();
        }
    }

    /** A tenth of its time in stops of 50 ms: one every half second, and never a shorter one. */
    @Test
    void a_process_may_be_stopped_seldom_and_for_long() throws Exception {
        Process busy = new ProcessBuilder("sh", "-c", "while :; do :; done").start();
        try {
            TimedSignals signals = slowUntilItHasItsShare(busy, 0.1, 50);
            assertThat(signals.stopMillis)
                    .hasSizeGreaterThanOrEqualTo(2)
                    .allSatisfy(millis -> assertThat(millis).isGreaterThanOrEqualTo(50.0));
            assertThat(signals.stoppedShare()).isCloseTo(0.1, within(0.03));
        } finally {
            busy.destroyForcibly();
        }
    }

    private TimedSignals slowUntilItHasItsShare(Process process, double share, double stopMillis) throws Exception {
        Path file = folder.resolve("slowed");
        TimedSignals signals = new TimedSignals(ShellSignals.to(process.pid(), process.pid()), share);
        Turns real = new Turns(file, Duration.ofMillis(20), (first, second) -> signals);
        TurnTable table = TurnTable.open(file);
        table.sitDown(0, process.pid(), 1, share, stopMillis);
        signals.onShare = () -> table.setState(0, TurnTable.TurnState.MEASURED);
        real.keep(side -> side == 1 || table.state(0) == TurnTable.TurnState.ABSENT, trial -> {});
        return signals;
    }

    @Test
    void the_shares_of_a_cell_and_of_a_jvm_add_up() {
        assertThat(InjectedSlowdown.share(0)).isZero();
        assertThat(InjectedSlowdown.isIn(List.of("-Xmx1g", "-Dquorumark.injectedSlowdown=0.1")))
                .isTrue();
        assertThat(InjectedSlowdown.isIn(List.of("-Xmx1g"))).isFalse();
        try {
            System.setProperty(InjectedSlowdown.PROPERTY, "0.1");
            assertThat(InjectedSlowdown.share(0.2)).isEqualTo(1 - 0.9 * 0.8);
            for (String share : List.of("0", "1", "-0.5", "NaN", "a tenth")) {
                System.setProperty(InjectedSlowdown.PROPERTY, share);
                assertThatThrownBy(() -> InjectedSlowdown.share(0))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("the injected slowdown (quorumark.injectedSlowdown) is '" + share
                                + "', expected a number above 0 and below 1, such as 0.1");
            }
        } finally {
            System.clearProperty(InjectedSlowdown.PROPERTY);
        }
    }

    @Test
    void a_trial_does_not_wait_for_a_keeper_that_has_ended() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        Participant participant = new Participant(TurnTable.create(folder.resolve("other"), ended.pid()), 0);
        assertThatThrownBy(() -> participant.ready(0, 0, 0, 0))
                .isInstanceOf(HarnessException.class)
                .hasMessageContaining("has ended; start it again");
    }

    @Test
    void a_process_without_a_seat_runs_by_itself() {
        assertThat(Participant.among(Map.of("PATH", "/bin"))).isEmpty();
        assertThatThrownBy(() -> Participant.among(Map.of(Participant.VARIABLE, "table")))
                .hasMessage("QUORUMARK_TURNS is 'table', expected FILE#0 or FILE#1; unset it");
    }

    @Test
    void signals_stop_a_process_with_its_children_and_let_them_go_on_in_the_end() throws Exception {
        Process parent = new ProcessBuilder("sh", "-c", "sleep 60 & wait").start();
        Process other = new ProcessBuilder("sleep", "60").start();
        try {
            while (parent.descendants().findAny().isEmpty()) {
                Thread.onSpinWait();
            }
            long child = parent.descendants().findAny().orElseThrow().pid();
            try (ShellSignals signals = ShellSignals.to(parent.pid(), other.pid())) {
                signals.stop(0);
                awaitStates("TTS", parent.pid(), child, other.pid());
                signals.place(0, 1);
                signals.goOn(0);
                signals.stop(1);
                awaitStates("SST", parent.pid(), child, other.pid());
            }
            awaitStates("SSS", parent.pid(), child, other.pid());
        } finally {
            parent.descendants().forEach(ProcessHandle::destroyForcibly);
            parent.destroyForcibly();
            other.destroyForcibly();
        }
    }

    /** As in {@code /proc/PID/stat}: S sleeps, T is stopped. A signal that was sent takes a moment to arrive. */
    private static void awaitStates(String expected, long... processIds) throws InterruptedException {
        Await.until(
                "processes are in the states " + expected,
                PATIENCE_NANOS,
                () -> LongStream.of(processIds)
                        .mapToObj(TurnsTest::state)
                        .collect(Collectors.joining())
                        .equals(expected));
    }

    private static String state(long processId) {
        try {
            String line = Files.readString(Path.of("/proc/" + processId + "/stat"));
            return line.substring(line.lastIndexOf(')') + 2).split(" ")[0];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.quorumark.campaign.interleave;

import io.quorumark.campaign.host.ProcessState;
import io.quorumark.campaign.interleave.TurnTable.TurnState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.function.LongConsumer;

/**
 * Keeps turns between the trials of two campaigns that run side by side. Trials of the same number that are both loaded
 * warm up and are measured by turns: while one runs for a
 * slice of time, all processes of the other are stopped. What the machine does hits both within a fraction of a second,
 * which leaves their ratio alone, and neither does any work
 * in the other's time. A trial with a {@link InjectedSlowdown} stands still for a share of its own time. A trial whose
 * counterpart does not come, because its campaign has ended or could not run it, is let go alone.
 *
 * <p>For one pair of campaigns; {@link #keep} is called by one thread.
 */
public final class Turns {
    /**
     * Short against what a machine does to a trial, and long against what it takes to change turns, about 5 ms, and a
     * Raft group's round trip.
     */
    public static final Duration SLICE = Duration.ofMillis(20);

    private static final long POLL_MILLIS = 2;

    private final Path file;
    private final TurnTable table;
    private final long sliceMillis;
    private final Pairing signals;

    /** Makes the signals for two processes. */
    @FunctionalInterface
    interface Pairing {
        Signals between(long firstProcessId, long secondProcessId);
    }

    /** @param file absent; the caller deletes it once both campaigns have ended */
    public Turns(Path file, Duration slice) throws IOException {
        this(file, slice, ShellSignals::to);
    }

    Turns(Path file, Duration slice, Pairing signals) throws IOException {
        this.file = file;
        this.table = TurnTable.create(file, ProcessHandle.current().pid());
        this.sliceMillis = slice.toMillis();
        this.signals = signals;
    }

    /** The number of a trial, which two that take turns have in common. */
    public static long number(int block, int position) {
        return ((long) block << Integer.SIZE) + position;
    }

    /** In which it stands, counted from 0. */
    public static int block(long number) {
        return (int) (number >> Integer.SIZE);
    }

    /** What the campaign of {@code side}, 0 or 1, needs in its environment. */
    public Map<String, String> environment(int side) {
        return Map.of(Participant.VARIABLE, file.toAbsolutePath() + "#" + side);
    }

    /**
     * Waits until a trial of that side is loaded, or its campaign has ended without one that takes turns.
     *
     * @param hasEnded which sides' campaigns have
     */
    public void awaitReady(int side, IntPredicate hasEnded) throws InterruptedException {
        while (!isReady(side) && !hasEnded.test(side)) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    /**
     * Keeps turns until both campaigns have ended.
     *
     * @param hasEnded which sides' campaigns have
     * @param onTrial told the number of each trial that begins, alone or by turns
     */
    public void keep(IntPredicate hasEnded, LongConsumer onTrial) throws InterruptedException {
        while (!hasEnded.test(0) || !hasEnded.test(1)) {
            if (isReady(0) && isReady(1) && table.trial(0) == table.trial(1)) {
                onTrial.accept(table.trial(0));
                takeTurns();
            } else if (isAlone(0, hasEnded)) {
                letGoAlone(0, onTrial);
            } else if (isAlone(1, hasEnded)) {
                letGoAlone(1, onTrial);
            } else {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
        }
    }

    private boolean isReady(int side) {
        return table.state(side) == TurnState.READY;
    }

    /** Whether its counterpart will not come any more. */
    private boolean isAlone(int side, IntPredicate hasEnded) {
        int other = 1 - side;
        return isReady(side) && (hasEnded.test(other) || (isReady(other) && table.trial(side) < table.trial(other)));
    }

    /** It is nobody's turn but its own, until it leaves. */
    private void letGoAlone(int side, LongConsumer onTrial) throws InterruptedException {
        onTrial.accept(table.trial(side));
        InjectedSlowdown slowdown = slowdownOf(side);
        if (slowdown.isNone()) {
            table.setState(side, TurnState.RUNNING);
            awaitEnd(side);
        } else {
            try (Signals own = signals.between(table.processId(side), table.processId(side))) {
                table.setState(side, TurnState.RUNNING);
                runAlone(own, side, slowdown);
            }
        }
        table.setState(side, TurnState.ABSENT);
    }

    private InjectedSlowdown slowdownOf(int side) {
        return new InjectedSlowdown(table.slowdown(side), table.stopMillis(side));
    }

    private void awaitEnd(int side) throws InterruptedException {
        while (isRunning(side)) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    private void runAlone(Signals signalsOfIt, int side, InjectedSlowdown slowdown) throws InterruptedException {
        if (slowdown.isNone()) {
            awaitEnd(side);
            return;
        }
        long wentOn = System.nanoTime();
        while (isRunning(side)) {
            long stopAt = wentOn + slowdown.runsForNanos();
            do {
                TimeUnit.MILLISECONDS.sleep(sliceMillis);
            } while (System.nanoTime() < stopAt && isRunning(side));
            signalsOfIt.stop(side);
            slowdown.ran(System.nanoTime() - wentOn);
            slowdown.standStill();
            long stood = System.nanoTime();
            signalsOfIt.goOn(side);
            wentOn = System.nanoTime();
            slowdown.stoodStill(wentOn - stood);
        }
    }

    /** The first turn is the base's in one block and the head's in the next. */
    private void takeTurns() throws InterruptedException {
        InjectedSlowdown[] slowdowns = {slowdownOf(0), slowdownOf(1)};
        try (Signals pair = signals.between(table.processId(0), table.processId(1))) {
            int turn = block(table.trial(0)) % 2;
            pair.stop(1 - turn);
            long stoppedAt = System.nanoTime();
            table.setState(0, TurnState.RUNNING);
            table.setState(1, TurnState.RUNNING);
            long wentOn = System.nanoTime();
            TimeUnit.MILLISECONDS.sleep(sliceMillis);
            for (int turns = 1; isRunning(turn); turns++) {
                pair.stop(turn);
                long now = System.nanoTime();
                slowdowns[turn].ran(now - wentOn);
                turn = 1 - turn;
                pair.place(turn, turns / 2);
                goOn(pair, turn, stoppedAt, slowdowns[turn]);
                stoppedAt = now;
                wentOn = System.nanoTime();
                TimeUnit.MILLISECONDS.sleep(sliceMillis);
            }
            // one is through; the other one has the rest of the time
            goOn(pair, 1 - turn, stoppedAt, slowdowns[1 - turn]);
            runAlone(pair, 1 - turn, slowdowns[1 - turn]);
        }
        table.setState(0, TurnState.ABSENT);
        table.setState(1, TurnState.ABSENT);
    }

    /** What it costs to wake the machine up after standing still is its own, and not its counterpart's. */
    private void goOn(Signals pair, int side, long stoppedAtNanos, InjectedSlowdown slowdown)
            throws InterruptedException {
        table.addStopped(side, System.nanoTime() - stoppedAtNanos);
        slowdown.standStill();
        pair.goOn(side);
    }

    /** A trial that has died is not. */
    private boolean isRunning(int side) {
        return table.state(side) == TurnState.RUNNING && ProcessState.isRunning(table.processId(side));
    }
}

package io.quorumark.campaign.interleave;

import io.quorumark.campaign.interleave.TurnTable.TurnState;
import io.quorumark.campaign.support.HarnessException;
import io.quorumark.workload.driver.NanoClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A trial's place among two that are measured by turns. Its clock stands still while the other one has its turn, so that rates and response
 * times are those of a trial that was never stopped. For one trial.
 */
public final class Participant {
    /** Environment variable of a campaign's process and its trials: {@code FILE#SIDE}. */
    static final String VARIABLE = "QUORUMARK_TURNS";

    private static final long POLL_MILLIS = 1;

    /** For the keeper, which takes longer than a look at the table. */
    private static final int POLLS_BETWEEN_LOOKS = 100;

    private final TurnTable table;
    private final int side;

    Participant(TurnTable table, int side) {
        this.table = table;
        this.side = side;
    }

    /** Whether a process was started with one. */
    public static boolean isIn(Map<String, String> environment) {
        return environment.containsKey(VARIABLE);
    }

    /** The seat that a process was started with; empty if it was started to run by itself. */
    public static Optional<Participant> among(Map<String, String> environment) {
        String place = environment.get(VARIABLE);
        if (place == null) {
            return Optional.empty();
        }
        int mark = place.lastIndexOf('#');
        String side = place.substring(mark + 1);
        if (mark < 1 || !(side.equals("0") || side.equals("1"))) {
            throw new IllegalArgumentException(VARIABLE + " is '" + place + "', expected FILE#0 or FILE#1; unset it");
        }
        try {
            return Optional.of(
                    new Participant(TurnTable.open(Path.of(place.substring(0, mark))), Integer.parseInt(side)));
        } catch (IOException e) {
            throw new HarnessException(
                    VARIABLE + " names '" + place + "', which cannot be opened: " + e.getMessage(), e);
        }
    }

    /**
     * Waits until the other trial is ready as well, or will not come.
     *
     * @param block of this trial, from 0
     * @param position within the block, from 0
     * @param slowdown share of its own time in which this trial is to stand still; 0 for none
     * @param stopMillis for how long at once; 0 for as short as can be
     * @throws HarnessException nobody keeps turns any more
     */
    public void ready(int block, int position, double slowdown, double stopMillis) throws InterruptedException {
        table.sitDown(side, ProcessHandle.current().pid(), Turns.number(block, position), slowdown, stopMillis);
        awaitOtherThan(TurnState.READY);
    }

    /** Waits until the other trial has been measured as well. */
    public void measured() throws InterruptedException {
        table.setState(side, TurnState.MEASURED);
        awaitOtherThan(TurnState.MEASURED);
    }

    private void awaitOtherThan(TurnState state) throws InterruptedException {
        for (int polls = 1; table.state(side) == state; polls++) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            if (polls % POLLS_BETWEEN_LOOKS == 0 && !table.hasKeeper()) {
                throw new HarnessException(
                        "the gate or campaign that stops this trial by turns has ended; start it again");
            }
        }
    }

    /** Since {@link #ready}. */
    public double stoppedSeconds() {
        return table.stoppedNanos(side) / 1e9;
    }

    /** Nanoseconds in which this trial was not stopped. */
    public NanoClock clock() {
        return new Clock(table, side);
    }

    /** @param table whose stopped time is left out */
    private record Clock(TurnTable table, int side) implements NanoClock {
        @Override
        public long nanoTime() {
            while (true) {
                long stoppedNanos = table.stoppedNanos(side);
                long nanos = System.nanoTime();
                // stopped between the two readings: they do not belong together
                if (table.stoppedNanos(side) == stoppedNanos) {
                    return nanos - stoppedNanos;
                }
            }
        }

        @Override
        public long collectionNanos() {
            return NanoClock.system().collectionNanos();
        }
    }
}

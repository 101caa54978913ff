package io.quorumark.jmh.raw;

import io.quorumark.campaign.Durations;
import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Says which of many pieces begins, and how long all that are left will take if they go on like those before. For one thread. */
final class PieceProgress {
    private final PrintStream out;
    private final int pieces;
    private final LongSupplier nanoTime;
    private final long beganNanos;
    private int ended;

    /** On the error stream, as tables go to the other one. */
    PieceProgress(int pieces) {
        this(pieces, System.err, System::nanoTime);
    }

    PieceProgress(int pieces, PrintStream out, LongSupplier nanoTime) {
        this.pieces = pieces;
        this.out = out;
        this.nanoTime = nanoTime;
        this.beganNanos = nanoTime.getAsLong();
    }

    /** Call it before every piece. */
    void begins(String piece) {
        String left = "";
        if (ended > 0) {
            long eachNanos = (nanoTime.getAsLong() - beganNanos) / ended;
            left = ", " + Durations.text(Duration.ofNanos(eachNanos * (pieces - ended))) + " left";
        }
        ended++;
        out.println(ended + " of " + pieces + ": " + piece + left);
    }
}

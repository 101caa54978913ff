package io.quorumark.results.decision;

/** Maps a figure to 0 (of no value) up to 1 (as good as it gets). */
public sealed interface ValueFunction {

    /** The figure over the best eligible option's, or the other way round if less is better. */
    record Relative() implements ValueFunction {}

    /**
     * A straight line between two figures in the metric's unit; beyond them it stays at 0 and 1.
     *
     * @param worst is worth 0
     * @param best is worth 1; above {@code worst} if more is better, below it if less is
     */
    record Linear(double worst, double best) implements ValueFunction {
        public Linear {
            if (!Double.isFinite(worst) || !Double.isFinite(best) || worst == best) {
                throw new IllegalArgumentException(
                        "worst is " + worst + " and best " + best + ", expected two different finite numbers");
            }
        }

        /** The value of a figure; {@code NaN} for {@code NaN}. */
        double of(double figure) {
            return Math.max(0, Math.min(1, (figure - worst) / (best - worst)));
        }
    }
}

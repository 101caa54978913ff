package io.quorumark.workload.driver;

/**
 * Ends the warm-up once the last seconds have been steady: they lie close together, and a straight line through them neither rises nor
 * falls by more than half of what they may differ. Looked at is the throughput of a closed loop, and the median response time of a paced
 * one, whose throughput is given.
 *
 * @param seconds how many whole seconds must be steady in a row, 3 to 600
 * @param relativeSpread how much the largest may exceed the smallest, divided by their mean; more than 0 and at most 1
 * @param maximumSeconds the warm-up ends then in any case, steady or not; at least {@code seconds}, at most 36000
 */
public record SteadyWarmUp(int seconds, double relativeSpread, double maximumSeconds) implements WarmUpRule {
    public SteadyWarmUp {
        if (seconds < 3 || seconds > 600) {
            throw new IllegalArgumentException("seconds is " + seconds + ", expected 3 to 600");
        }
        if (!(relativeSpread > 0 && relativeSpread <= 1)) {
            throw new IllegalArgumentException(
                    "relativeSpread is " + relativeSpread + ", expected more than 0 and at most 1");
        }
        if (!(maximumSeconds >= seconds && maximumSeconds <= 36_000)) {
            throw new IllegalArgumentException(
                    "maximumSeconds is " + maximumSeconds + ", expected " + seconds + " to 36000");
        }
    }

    long maximumNanos() {
        return Math.round(maximumSeconds * 1e9);
    }

    /**
     * Whether the last seconds are steady.
     *
     * @param figures one for each whole second of the warm-up so far
     */
    boolean isSteady(double[] figures) {
        if (figures.length < seconds) {
            return false;
        }
        int first = figures.length - seconds;
        double smallest = Double.POSITIVE_INFINITY;
        double largest = 0;
        double sum = 0;
        for (int i = first; i < figures.length; i++) {
            smallest = Math.min(smallest, figures[i]);
            largest = Math.max(largest, figures[i]);
            sum += figures[i];
        }
        double mean = sum / seconds;
        if (!(mean > 0) || (largest - smallest) / mean > relativeSpread) {
            return false;
        }
        return Math.abs(drift(figures, first, mean)) <= relativeSpread / 2;
    }

    /** How much the least-squares line changes from the first to the last second, divided by the mean. */
    private double drift(double[] figures, int first, double mean) {
        double middle = (seconds - 1) / 2.0;
        double products = 0;
        double squares = 0;
        for (int i = 0; i < seconds; i++) {
            products += (i - middle) * (figures[first + i] - mean);
            squares += (i - middle) * (i - middle);
        }
        return products / squares * (seconds - 1) / mean;
    }
}

package io.quorumark.workload.distribution;

/** Exact zipfian probabilities, by summation and by the Euler-Maclaurin formula, for tests to compare draws with. */
final class ZipfTheory {
    private static final long SUMMED = 10_000;

    private ZipfTheory() {}

    /**
     * The sum of k^-theta for k from 1 to n. Beyond the first terms by the Euler-Maclaurin formula (Abramowitz and Stegun 1964, 23.1.30),
     * whose error is less than 1e-15 there.
     *
     * @param theta other than 1
     */
    static double zeta(long n, double theta) {
        double sum = 0;
        for (long k = Math.min(n, SUMMED); k >= 1; k--) {
            sum += Math.pow((double) k, -theta);
        }
        if (n <= SUMMED) {
            return sum;
        }
        double from = SUMMED;
        double to = (double) n;
        double integral = (Math.pow(to, 1 - theta) - Math.pow(from, 1 - theta)) / (1 - theta);
        double ends = (Math.pow(to, -theta) - Math.pow(from, -theta)) / 2;
        double slopes = -theta * (Math.pow(to, -theta - 1) - Math.pow(from, -theta - 1)) / 12;
        return sum + integral + ends + slopes;
    }
}

package io.quorumark.results.simulation;

import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/** Simulated campaigns or gates that test a rule's error rate: fewer in the ordinary build than in the long one. */
final class Simulations {
    static final int COUNT = Integer.getInteger("quorumark.simulations", 500);

    private Simulations() {}

    /** Of so many, by number, those that the predicate holds of. */
    static int count(int simulations, IntPredicate holds) {
        return (int) IntStream.range(0, simulations).parallel().filter(holds).count();
    }

    /** As many of all as an event of this probability exceeds in one of a thousand such tests. */
    static int most(double probability) {
        return BinomialDistribution.of(COUNT, probability).inverseCumulativeProbability(0.999);
    }
}

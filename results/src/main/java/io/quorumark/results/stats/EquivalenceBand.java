package io.quorumark.results.stats;

import java.util.Optional;

/**
 * Which differences do not count, and from which on one may be called. Equal is what the plan says and nothing else: noise makes a
 * difference harder to call, and never makes two cells more alike.
 *
 * @param planned such as 0.05: ratios from 1 / 1.05 to 1.05 count as equal
 * @param difference at least {@code planned}: ratios must lie beyond 1 + {@code difference}, or below its inverse, to be called better or
 * worse
 */
public record EquivalenceBand(double planned, double difference) {
    /** A difference of less than so many minimum detectable effects is too near to what the same cell shows against itself. */
    public static final double DETECTABLE_EFFECTS = 2;

    public EquivalenceBand {
        if (!(planned >= 0 && difference >= planned && difference < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the band is " + planned + " and the least difference " + difference
                    + ", expected finite numbers from 0 on, the second not below the first");
        }
    }

    /** What the plan asked for and no more. */
    public static EquivalenceBand planned(double relative) {
        return new EquivalenceBand(relative, relative);
    }

    /**
     * The planned band; differences must lie beyond it, and beyond {@value #DETECTABLE_EFFECTS} minimum detectable effects if that is more
     * and they were told by an A/A arm.
     *
     * <p>An effect that follows from the comparison's own blocks asks for nothing: the interval of the ratio already is as wide as they
     * are noisy.
     */
    public static EquivalenceBand of(double planned, Optional<MinimumDetectableEffect> detectable) {
        return detectable
                .filter(effect -> effect.source() == MinimumDetectableEffect.Source.AA_ARM)
                .map(effect -> new EquivalenceBand(planned, Math.max(planned, DETECTABLE_EFFECTS * effect.relative())))
                .orElseGet(() -> planned(planned));
    }

    /** Whether noise asks for larger differences than the plan does. */
    public boolean isRaised() {
        return difference > planned;
    }

    /** Whether ratios from {@code low} to {@code high} all count as equal. */
    public boolean holds(double low, double high) {
        return low >= 1 / (1 + planned) && high <= 1 + planned;
    }

    /** Ratios above are better. */
    public double better() {
        return 1 + difference;
    }

    /** Ratios below are worse. */
    public double worse() {
        return 1 / better();
    }
}

package io.quorumark.results.stats;

import java.util.Optional;

/**
 * Differences that do not count: from 1 / (1 + {@code relative}) to 1 + {@code relative} of a ratio.
 *
 * @param relative such as 0.05
 * @param planned what the plan asked for; less than {@code relative} where the campaign's own noise floor is too high for it
 */
public record EquivalenceBand(double relative, double planned) {
    /** A difference of less than so many minimum detectable effects is too near to what the same cell shows against itself. */
    public static final double DETECTABLE_EFFECTS = 2;

    public EquivalenceBand {
        if (!(planned >= 0 && relative >= planned && relative < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the band is " + relative + " with " + planned
                    + " planned, expected finite numbers from 0 on, the first not below the second");
        }
    }

    /** What the plan asked for and no more. */
    public static EquivalenceBand planned(double relative) {
        return new EquivalenceBand(relative, relative);
    }

    /**
     * The planned band, or {@value #DETECTABLE_EFFECTS} minimum detectable effects where that is more and they were told by an A/A arm.
     *
     * <p>An effect that follows from the comparison's own blocks does not widen the band: it is 1.3 to 1.5 half-widths of the interval, so
     * that every interval near 1 would lie within a band made from it, and the noisier a campaign the surer its verdict of equivalence.
     */
    public static EquivalenceBand of(double planned, Optional<MinimumDetectableEffect> detectable) {
        return detectable
                .filter(effect -> effect.source() == MinimumDetectableEffect.Source.AA_ARM)
                .map(effect -> new EquivalenceBand(Math.max(planned, DETECTABLE_EFFECTS * effect.relative()), planned))
                .orElseGet(() -> planned(planned));
    }

    /** Whether noise made it wider than planned. */
    public boolean isWidened() {
        return relative > planned;
    }

    /** Ratios above are better. */
    public double high() {
        return 1 + relative;
    }

    /** Ratios below are worse. */
    public double low() {
        return 1 / high();
    }
}

package io.quorumark.results.decision;

import io.quorumark.results.decision.ValueFunction.Linear;
import io.quorumark.results.stats.ResampledHodgesLehmann;
import java.util.Arrays;

/**
 * One criterion in one setting of one campaign: every option's figure in every block, and the values that follow from any draw of blocks.
 * Options are compared within blocks, by the Hodges-Lehmann estimate of their log ratios, as in every table.
 */
final class Column {
    private final int criterion;
    private final String setting;
    private final int campaign;
    private final boolean moreIsBetter;
    private final ValueFunction function;
    private final double[][] figures;
    private final boolean byLevels;
    private final Estimator[] estimators;

    /**
     * @param criterion its number
     * @param setting workload, and campaign if there are several
     * @param campaign 0-based
     * @param figures by option and block, from 0 on; {@code NaN} if there is none
     */
    Column(int criterion, String setting, int campaign, Criterion rule, double[][] figures) {
        this.criterion = criterion;
        this.setting = setting;
        this.campaign = campaign;
        this.moreIsBetter = rule.metric().moreIsBetter();
        this.function = rule.value();
        this.figures = Arrays.stream(figures).map(double[]::clone).toArray(double[][]::new);
        // of nothing no ratio can be taken
        boolean anyZero = Arrays.stream(figures).flatMapToDouble(Arrays::stream).anyMatch(figure -> figure == 0);
        this.byLevels = anyZero || function instanceof Linear;
        this.estimators = Arrays.stream(byLevels ? figures : logRatios())
                .map(Estimator::new)
                .toArray(Estimator[]::new);
    }

    int criterion() {
        return criterion;
    }

    String setting() {
        return setting;
    }

    int campaign() {
        return campaign;
    }

    /** In how many blocks an option has a figure. */
    int blocksOf(int option) {
        return (int) Arrays.stream(figures[option]).filter(Double::isFinite).count();
    }

    private double[][] logRatios() {
        int base = 0;
        for (int option = 1; option < figures.length; option++) {
            base = blocksOf(option) > blocksOf(base) ? option : base;
        }
        double[][] ratios = new double[figures.length][figures[base].length];
        for (int option = 0; option < figures.length; option++) {
            for (int block = 0; block < ratios[option].length; block++) {
                double ratio = Math.log(figures[option][block] / figures[base][block]);
                ratios[option][block] = moreIsBetter ? ratio : -ratio;
            }
        }
        return ratios;
    }

    /**
     * The value of every option, 0 to 1; {@code NaN} if no drawn block has its figure.
     *
     * @param blocks drawn, with repeats
     * @param scale the options among which the best one is worth 1
     */
    double[] values(int[] blocks, boolean[] scale) {
        double[] estimates = new double[figures.length];
        for (int option = 0; option < estimates.length; option++) {
            estimates[option] = estimators[option].of(blocks);
        }
        if (function instanceof Linear linear) {
            return Arrays.stream(estimates).map(linear::of).toArray();
        }
        double best = Double.NaN;
        for (int option = 0; option < estimates.length; option++) {
            if (scale[option] && !Double.isNaN(estimates[option])) {
                best = Double.isNaN(best) || isBetter(estimates[option], best) ? estimates[option] : best;
            }
        }
        for (int option = 0; option < estimates.length; option++) {
            estimates[option] = relative(estimates[option], best);
        }
        return estimates;
    }

    private boolean isBetter(double estimate, double other) {
        boolean less = byLevels && !moreIsBetter;
        return less ? estimate < other : estimate > other;
    }

    private double relative(double estimate, double best) {
        if (!byLevels) {
            return Math.min(1, Math.exp(estimate - best));
        }
        if (estimate == best) {
            return 1;
        }
        // against nothing at all, anything is as far from the best as it gets
        return Math.min(1, moreIsBetter ? estimate / best : best / estimate);
    }

    /** The Hodges-Lehmann estimate of one option's blocks, in any draw of them. */
    private static final class Estimator {
        private final int[] place;
        private final int count;
        private final ResampledHodgesLehmann resampled;

        /** @param byBlock not finite if there is none */
        Estimator(double[] byBlock) {
            place = new int[byBlock.length];
            int next = 0;
            for (int block = 0; block < byBlock.length; block++) {
                place[block] = Double.isFinite(byBlock[block]) ? next++ : -1;
            }
            count = next;
            resampled = new ResampledHodgesLehmann(
                    Arrays.stream(byBlock).filter(Double::isFinite).toArray());
        }

        double of(int[] blocks) {
            int[] drawn = new int[count];
            boolean any = false;
            for (int block : blocks) {
                if (place[block] >= 0) {
                    drawn[place[block]]++;
                    any = true;
                }
            }
            return any ? resampled.of(drawn) : Double.NaN;
        }
    }
}

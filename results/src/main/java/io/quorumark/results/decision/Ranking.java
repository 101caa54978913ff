package io.quorumark.results.decision;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Who leads among options that are ranked, and under which variations of blocks and weights this stays so. Of one thread. */
final class Ranking {
    /** Enough for a share of 95 % to be known to 0.7 percentage points. */
    static final int DRAWS = 1_000;

    /** How often a leader must be first over blocks alone to be called robust. */
    static final double ROBUST_BY_MEASUREMENT = 0.95;

    /** How often it must be first over blocks and weights together. */
    static final double ROBUST_BY_BOTH = 0.8;

    private static final double TAIL = 0.025;

    private final ScoreModel model;
    private final boolean[] ranked;
    private final double[] shares;
    private final double[][] values;
    private final double[] scores;
    private final int leader;
    private final RankOne[] rankOne;
    private final double[][] drawnScores;
    private final List<Integer> ties;
    private final List<WeightFlip> flips;
    private @Nullable List<Change> changes;

    /**
     * Leaving something out that changes the lead.
     *
     * @param kind criterion, workload or block
     * @param what its name
     * @param newLeader the option's number
     */
    record Change(Kind kind, String what, int newLeader) {
        enum Kind {
            CRITERION("criterion"),
            WORKLOAD("workload"),
            BLOCK("block");

            private final String word;

            Kind(String word) {
                this.word = word;
            }

            String word() {
                return word;
            }
        }
    }

    /**
     * @param ranked the options that are set against each other: each has every figure that weighs something
     * @param band the relative difference of scores that does not matter
     * @param seed of what is drawn
     */
    Ranking(ScoreModel model, boolean[] ranked, double band, double concentration, long seed) {
        this.model = model;
        this.ranked = ranked.clone();
        this.shares = model.shares();
        int[][] all = model.allBlocks();
        this.values = model.values(all, ranked);
        this.scores = scores(values, shares);
        this.leader = first(scores);
        this.rankOne = new RankOne[model.options()];
        this.drawnScores = new double[model.options()][DRAWS];
        if (leader < 0) { // of nobody nothing is drawn
            Arrays.fill(rankOne, new RankOne(0, 0, 0, 0));
        } else {
            draw(new Sampling(seed), all, concentration);
        }
        this.ties = leader < 0 ? List.of() : findTies(band);
        this.flips = leader < 0 ? List.of() : findFlips();
    }

    /** The option in front; -1 if none is ranked. */
    int leader() {
        return leader;
    }

    double[] shares() {
        return shares.clone();
    }

    /** Of an option on a criterion, by all blocks, on the scale of those that are ranked. */
    double value(int option, int criterion) {
        return values[option][criterion];
    }

    /** By all blocks; {@code NaN} if the option lacks a figure. */
    double score(int option) {
        return ScoreModel.score(values[option], shares);
    }

    /** The score that a share of draws of blocks stays below; of an option that is ranked. */
    double quantile(int option, double share) {
        double[] sorted = drawnScores[option].clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(DRAWS - 1, Math.floor(share * DRAWS))];
    }

    RankOne rankOne(int option) {
        return rankOne[option];
    }

    /** Options whose scores lie within the band of the leader's. */
    List<Integer> ties() {
        return ties;
    }

    List<WeightFlip> flips() {
        return flips;
    }

    /** What changes the lead if it is left out; found at the first asking, for every block is left out in turn. */
    List<Change> changes() {
        if (changes == null) {
            changes = leader < 0 ? List.of() : findChanges(model.allBlocks());
        }
        return changes;
    }

    /** What may be said of the leader, gates and evidence apart. */
    Label label() {
        if (leader < 0) {
            return Label.OPEN;
        }
        if (!ties.isEmpty()) {
            return Label.TIE;
        }
        return rankOne[leader].byMeasurement() >= ROBUST_BY_MEASUREMENT
                        && rankOne[leader].byBoth() >= ROBUST_BY_BOTH
                        && changes().isEmpty()
                ? Label.ROBUST
                : Label.FRAGILE;
    }

    private void draw(Sampling sampling, int[][] all, double concentration) {
        double[] byMeasurement = new double[model.options()];
        double[] byWeights = new double[model.options()];
        double[] byAnyWeights = new double[model.options()];
        double[] byBoth = new double[model.options()];
        // in this order, whatever the number of processors: the draws follow from the seed, and values from the draws
        int[][][] blocks = new int[DRAWS][][];
        double[][] aroundStated = new double[DRAWS][];
        double[][] anywhere = new double[DRAWS][];
        for (int draw = 0; draw < DRAWS; draw++) {
            blocks[draw] = sampling.blocks(all);
            aroundStated[draw] = sampling.around(shares, concentration);
            anywhere[draw] = sampling.anywhere(shares);
        }
        double[][][] drawnValues = Arrays.stream(blocks)
                .parallel()
                .map(each -> model.values(each, ranked))
                .toArray(double[][][]::new);
        for (int draw = 0; draw < DRAWS; draw++) {
            double[][] drawn = drawnValues[draw];
            double[] around = aroundStated[draw];
            double[] drawnScore = scores(drawn, shares);
            for (int option = 0; option < drawnScore.length; option++) {
                drawnScores[option][draw] = drawnScore[option];
            }
            count(drawnScore, byMeasurement);
            count(scores(drawn, around), byBoth);
            count(scores(values, around), byWeights);
            count(scores(values, anywhere[draw]), byAnyWeights);
        }
        for (int option = 0; option < rankOne.length; option++) {
            rankOne[option] = new RankOne(
                    byMeasurement[option] / DRAWS,
                    byWeights[option] / DRAWS,
                    byAnyWeights[option] / DRAWS,
                    byBoth[option] / DRAWS);
        }
    }

    /** {@code NaN} for options that are not ranked. */
    private double[] scores(double[][] of, double[] weights) {
        return IntStream.range(0, model.options())
                .mapToDouble(option -> ranked[option] ? ScoreModel.score(of[option], weights) : Double.NaN)
                .toArray();
    }

    private static void count(double[] scores, double[] first) {
        double best = Arrays.stream(scores)
                .filter(score -> !Double.isNaN(score))
                .max()
                .orElse(Double.NaN);
        int winners = (int) Arrays.stream(scores).filter(score -> score == best).count();
        for (int option = 0; option < scores.length; option++) {
            if (scores[option] == best) {
                first[option] += 1.0 / winners;
            }
        }
    }

    private static int first(double[] scores) {
        int first = -1;
        for (int option = 0; option < scores.length; option++) {
            if (!Double.isNaN(scores[option]) && (first < 0 || scores[option] > scores[first])) {
                first = option;
            }
        }
        return first;
    }

    private List<Integer> others() {
        return IntStream.range(0, model.options())
                .filter(option -> option != leader && !Double.isNaN(scores[option]))
                .boxed()
                .toList();
    }

    private List<Integer> findTies(double band) {
        return others().stream()
                .filter(other -> {
                    double[] ratios = IntStream.range(0, DRAWS)
                            .mapToDouble(draw -> drawnScores[leader][draw] / drawnScores[other][draw])
                            .sorted()
                            .toArray();
                    return ratios[(int) (TAIL * DRAWS)] >= 1 / (1 + band)
                            && ratios[DRAWS - 1 - (int) (TAIL * DRAWS)] <= 1 + band;
                })
                .toList();
    }

    /** With the other weights in proportion, a score is a straight line in one share, so that the crossing is exact. */
    private List<WeightFlip> findFlips() {
        List<WeightFlip> found = new ArrayList<>();
        for (int criterion = 0; criterion < shares.length; criterion++) {
            double share = shares[criterion];
            if (share > 0 && share < 1) {
                nearest(criterion, share, true).ifPresent(found::add);
                nearest(criterion, share, false).ifPresent(found::add);
            }
        }
        return List.copyOf(found);
    }

    private Optional<WeightFlip> nearest(int criterion, double share, boolean above) {
        ToDoubleBiFunction<Integer, Integer> rest = (one, other) ->
                (scores[one] - scores[other] - share * (values[one][criterion] - values[other][criterion]))
                        / (1 - share);
        return others().stream()
                .map(other -> {
                    double own = values[leader][criterion] - values[other][criterion];
                    double others = rest.applyAsDouble(leader, other);
                    return new WeightFlip(criterion, share, others / (others - own), other);
                })
                .filter(flip -> flip.at() >= 0 && flip.at() <= 1 && (above ? flip.at() > share : flip.at() < share))
                .min((a, b) -> Double.compare(Math.abs(a.at() - share), Math.abs(b.at() - share)));
    }

    private List<Change> findChanges(int[][] all) {
        List<Change> found = new ArrayList<>();
        for (int criterion = 0; criterion < shares.length; criterion++) {
            if (shares[criterion] > 0 && shares[criterion] < 1) {
                double[] without = shares.clone();
                without[criterion] = 0;
                note(
                        found,
                        Change.Kind.CRITERION,
                        model.criteria().get(criterion).metric().id(),
                        scores(values, without));
            }
        }
        List<String> settings = model.settings();
        for (String setting : settings) {
            if (settings.size() > 1) {
                ScoreModel without =
                        model.withColumns(column -> !column.setting().equals(setting));
                note(found, Change.Kind.WORKLOAD, setting, scores(without.values(all, ranked), without.shares()));
            }
        }
        for (int campaign = 0; campaign < all.length; campaign++) {
            if (all[campaign].length > 1) {
                int of = campaign;
                double[][] without = IntStream.range(0, all[campaign].length)
                        .parallel()
                        .mapToObj(left -> scores(model.values(withoutBlock(all, of, left), ranked), shares))
                        .toArray(double[][]::new);
                for (int left = 0; left < without.length; left++) {
                    note(
                            found,
                            Change.Kind.BLOCK,
                            (left + 1) + (all.length > 1 ? " of campaign " + (campaign + 1) : ""),
                            without[left]);
                }
            }
        }
        return List.copyOf(found);
    }

    private static int[][] withoutBlock(int[][] all, int campaign, int out) {
        int[][] without = all.clone();
        without[campaign] =
                Arrays.stream(all[campaign]).filter(block -> block != out).toArray();
        return without;
    }

    private void note(List<Change> found, Change.Kind kind, String what, double[] scoresWithout) {
        int first = first(scoresWithout);
        if (first >= 0 && scoresWithout[first] > scoresWithout[leader]) {
            found.add(new Change(kind, what, first));
        }
    }
}

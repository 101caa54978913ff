package io.quorumark.results.decision;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** What options are worth on each criterion, as a function of the blocks that are looked at: the part of a decision that is arithmetic. */
final class ScoreModel {
    private final List<Criterion> criteria;
    private final int options;
    private final int[] blocks;
    private final List<Column> columns;

    /**
     * @param options how many
     * @param blocks how many each campaign has
     * @param columns every criterion in every setting that is about it
     */
    ScoreModel(List<Criterion> criteria, int options, int[] blocks, List<Column> columns) {
        this.criteria = List.copyOf(criteria);
        this.options = options;
        this.blocks = blocks.clone();
        this.columns = List.copyOf(columns);
    }

    List<Criterion> criteria() {
        return criteria;
    }

    int options() {
        return options;
    }

    List<Column> columns() {
        return columns;
    }

    /** The settings, once each. */
    List<String> settings() {
        return columns.stream().map(Column::setting).distinct().toList();
    }

    /** The same without some columns. */
    ScoreModel withColumns(Predicate<Column> kept) {
        return new ScoreModel(
                criteria, options, blocks, columns.stream().filter(kept).toList());
    }

    /** Every block of every campaign once. */
    int[][] allBlocks() {
        return Arrays.stream(blocks)
                .mapToObj(count -> IntStream.range(0, count).toArray())
                .toArray(int[][]::new);
    }

    /** The stated weights as shares; 0 for a criterion of which no option has a figure, and nothing but 0 if none has any. */
    double[] shares() {
        double[] weights = new double[criteria.size()];
        columns.forEach(column -> {
            if (IntStream.range(0, options).anyMatch(option -> column.blocksOf(option) > 0)) {
                weights[column.criterion()] = criteria.get(column.criterion()).weight();
            }
        });
        double sum = Arrays.stream(weights).sum();
        return sum == 0
                ? weights
                : Arrays.stream(weights).map(weight -> weight / sum).toArray();
    }

    /**
     * Each option's value on each criterion, the mean over settings; {@code NaN} if an option lacks a figure in a setting that is about
     * the criterion.
     *
     * @param drawn blocks of each campaign
     * @param scale the options among which the best is worth 1
     */
    double[][] values(int[][] drawn, boolean[] scale) {
        double[][] values = new double[options][criteria.size()];
        int[] settings = new int[criteria.size()];
        for (Column column : columns) {
            double[] ofColumn = column.values(drawn[column.campaign()], scale);
            settings[column.criterion()]++;
            for (int option = 0; option < options; option++) {
                values[option][column.criterion()] += ofColumn[option];
            }
        }
        for (double[] ofOption : values) {
            for (int criterion = 0; criterion < settings.length; criterion++) {
                ofOption[criterion] /= settings[criterion];
            }
        }
        return values;
    }

    /** The weighted sum over criteria that weigh something; {@code NaN} if one of these values is missing. */
    static double score(double[] values, double[] shares) {
        double sum = 0;
        for (int criterion = 0; criterion < shares.length; criterion++) {
            if (shares[criterion] > 0) {
                sum += shares[criterion] * values[criterion];
            }
        }
        return sum;
    }
}

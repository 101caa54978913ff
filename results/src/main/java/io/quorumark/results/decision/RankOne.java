package io.quorumark.results.decision;

/**
 * How often an option is first, from 0 to 1; options that are equal share a draw.
 *
 * @param byMeasurement blocks drawn anew, weights as stated
 * @param byWeights weights drawn around the stated ones, figures as measured
 * @param byAnyWeights any weights at all, figures as measured
 * @param byBoth blocks and weights around the stated ones drawn together
 */
public record RankOne(double byMeasurement, double byWeights, double byAnyWeights, double byBoth) {}

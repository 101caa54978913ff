package io.quorumark.results.decision;

/**
 * The share of all weight at which another option takes the lead, if the other weights keep their proportions.
 *
 * @param criterion whose share moves
 * @param stated its share as stated
 * @param at the nearest share, in one direction, at which the lead changes
 * @param overtaker its option's number
 */
record WeightFlip(int criterion, double stated, double at, int overtaker) {}

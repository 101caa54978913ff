package io.quorumark.results.simulation;

/** How many campaigns or gates a test of a rule's error rate simulates: fewer in the ordinary build than in the long one. */
final class Simulations {
    static final int COUNT = Integer.getInteger("quorumark.simulations", 500);

    private Simulations() {}
}

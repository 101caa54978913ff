package io.quorumark.engine.lmdb;

/** What does not fit together in a data file. */
final class Damage extends Exception {
    private static final long serialVersionUID = 1;

    Damage(String problem) {
        super(problem);
    }
}

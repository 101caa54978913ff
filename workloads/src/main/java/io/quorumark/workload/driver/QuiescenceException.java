package io.quorumark.workload.driver;

/**
 * Operations were submitted and never completed. The target lost them, or needs longer: raise the quiescence timeout. The driver cannot be
 * used again.
 */
public final class QuiescenceException extends RuntimeException {
    private final int lostOperations;

    QuiescenceException(int lostOperations, String problem) {
        super(problem);
        this.lostOperations = lostOperations;
    }

    /** How many operations were still outstanding when the timeout ended. */
    public int lostOperations() {
        return lostOperations;
    }
}

package io.quorumark.jmh;

/**
 * Ends a benchmark that does not apply to its parameters. JMH prints a failure in its setup and goes on with the next benchmark (unless
 * {@code -foe true} says otherwise); without a stack trace what it prints is one line.
 */
public final class SkippedBenchmark extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SkippedBenchmark(String reason) {
        super(reason, null, false, false);
    }
}

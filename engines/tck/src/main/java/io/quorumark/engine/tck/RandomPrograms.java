package io.quorumark.engine.tck;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs random programs until one fails, and tells the shortest one that still does.
 *
 * <p>Program {@code n} of a run is made from the run's seed plus {@code n}, so that every program can be run again alone.
 */
final class RandomPrograms {
    /** How many programs a run has. */
    static final String COUNT_PROPERTY = "quorumark.programs.count";

    /** The seed of the first program; a new one for every run if it is not given. */
    static final String SEED_PROPERTY = "quorumark.programs.seed";

    private static final int DEFAULT_COUNT = 1000;

    private final long seed;
    private final int count;

    RandomPrograms(long seed, int count) {
        if (count < 1) {
            throw new IllegalArgumentException(COUNT_PROPERTY + " is " + count + ", expected 1 or more");
        }
        this.seed = seed;
        this.count = count;
    }

    /** As the system properties say. */
    static RandomPrograms ofProperties() {
        long newSeed = new SplittableRandom().nextLong(Integer.MAX_VALUE);
        return new RandomPrograms(
                number(SEED_PROPERTY, newSeed), Math.toIntExact(number(COUNT_PROPERTY, DEFAULT_COUNT)));
    }

    private static long number(String property, long defaultValue) {
        String given = System.getProperty(property);
        try {
            return given == null ? defaultValue : Long.parseLong(given);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(property + " is '" + given + "', expected a whole number", e);
        }
    }

    @Override
    public String toString() {
        return count + " random programs (-D" + SEED_PROPERTY + "=" + seed + ")";
    }

    /** The program of this seed. */
    static List<Step> program(long programSeed) {
        return Programs.next(new SplittableRandom(programSeed));
    }

    /**
     * Runs them all.
     *
     * @param run runs one program on an empty engine, and throws if the engine answers wrongly
     * @throws AssertionError the first failure, with the shortest program that fails and what runs it again
     */
    void run(Consumer<List<Step>> run) {
        for (int number = 0; number < count; number++) {
            List<Step> program = program(seed + number);
            @Nullable Throwable failure = failureOf(program, run);
            if (failure != null) {
                throw explained(number, program, failure, run);
            }
        }
    }

    private AssertionError explained(int number, List<Step> program, Throwable failure, Consumer<List<Step>> run) {
        String which = "program " + (number + 1) + " of " + count + " of seed " + seed;
        if (failureOf(program, run) == null) {
            return new AssertionError(
                    which + " fails after the programs before it, and not on an engine of its own: " + failure
                            + "; run them all again with -D" + SEED_PROPERTY + "=" + seed + " -D" + COUNT_PROPERTY + "="
                            + (number + 1),
                    failure);
        }
        List<Step> shortest = ShortestProgram.of(program, candidate -> failureOf(candidate, run) != null);
        @Nullable Throwable last = failureOf(shortest, run);
        Throwable shown = last == null ? failure : last;
        return new AssertionError(
                which + " fails: " + shown + System.lineSeparator() + "the shortest program that fails ("
                        + shortest.size()
                        + " of its " + program.size() + " steps):" + System.lineSeparator() + listed(shortest)
                        + "run it again with -D" + SEED_PROPERTY + "=" + (seed + number) + " -D" + COUNT_PROPERTY
                        + "=1",
                shown);
    }

    private static String listed(List<Step> program) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < program.size(); i++) {
            lines.append("  ").append(i + 1).append(". ").append(program.get(i)).append(System.lineSeparator());
        }
        return lines.toString();
    }

    private static @Nullable Throwable failureOf(List<Step> program, Consumer<List<Step>> run) {
        try {
            run.accept(program);
            return null;
        } catch (RuntimeException | AssertionError e) {
            return e;
        }
    }
}

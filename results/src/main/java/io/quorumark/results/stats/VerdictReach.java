package io.quorumark.results.stats;

import io.quorumark.results.text.Plural;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Comparisons whose blocks are too few to call a difference in any of them: even the smallest p-value that {@link SignFlip} can give of so
 * many blocks is more than the confidence leaves, once the first step of {@link Holm} has multiplied it with the number of comparisons.
 *
 * @param blocks of the comparison that has most
 * @param comparisons that are adjusted together
 * @param smallestPValue that any of them can have, adjusted
 * @param neededPValue from which on a difference is called
 * @param leastBlocks that can give it; empty if no number of blocks can
 */
public record VerdictReach(
        int blocks, long comparisons, double smallestPValue, double neededPValue, OptionalInt leastBlocks) {

    /** Empty if a large enough difference would be called, and if nothing is compared. */
    public static Optional<VerdictReach> tooShort(List<BlockedRatio> together, double confidence) {
        return tooShort(together.stream().mapToInt(BlockedRatio::blocks).max().orElse(0), together.size(), confidence);
    }

    /** The same of comparisons that are still to be made. */
    public static Optional<VerdictReach> tooShort(int blocks, long comparisons, double confidence) {
        double needed = 1 - confidence;
        double smallest = smallestPValue(blocks, comparisons);
        if (comparisons == 0 || smallest <= needed) {
            return Optional.empty();
        }
        OptionalInt least = IntStream.rangeClosed(blocks + 1, SignFlip.MAX_EXACT)
                .filter(more -> smallestPValue(more, comparisons) <= needed)
                .findFirst();
        return Optional.of(new VerdictReach(blocks, comparisons, smallest, needed, least));
    }

    private static double smallestPValue(int blocks, long comparisons) {
        return Math.min(1, comparisons * SignFlip.smallestPValue(blocks));
    }

    /** What is so, and what to do, in one sentence. */
    public String sentence() {
        return String.format(
                Locale.ROOT,
                "With %s no difference can be called in %s, however large: the smallest p that can come out is %.3g after Holm's"
                        + " adjustment, and %.3g is needed; %s.",
                Plural.of(blocks, "block"),
                comparisons == 1 ? "the one comparison" : "any of " + Plural.of(comparisons, "comparison"),
                smallestPValue,
                neededPValue,
                remedy());
    }

    private String remedy() {
        return leastBlocks.isPresent()
                ? "run at least " + Plural.of(leastBlocks.getAsInt(), "block")
                        + (comparisons == 1 ? "" : ", or compare fewer cells")
                : "ask for less confidence" + (comparisons == 1 ? "" : ", or compare fewer cells");
    }
}

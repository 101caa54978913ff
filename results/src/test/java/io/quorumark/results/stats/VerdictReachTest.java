package io.quorumark.results.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.results.stats.BlockedRatio.Pair;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whether blocks are too few is what the test and the adjustment themselves give of the clearest difference there can be. */
class VerdictReachTest {
    private static final double CONFIDENCE = 0.95;

    @Test
    void it_is_too_short_exactly_where_the_clearest_difference_is_inconclusive() {
        for (int blocks = 1; blocks <= 14; blocks++) {
            for (int comparisons = 1; comparisons <= 40; comparisons++) {
                List<BlockedRatio> all = twiceAsGood(blocks, comparisons);
                double[] adjusted = Holm.adjust(
                        all.stream().mapToDouble(BlockedRatio::pValue).toArray());
                boolean called = IntStream.range(0, comparisons)
                        .anyMatch(i ->
                                Verdict.of(all.get(i).ratio(), EquivalenceBand.planned(0.05), CONFIDENCE, adjusted[i])
                                        == Verdict.BETTER);
                assertThat(VerdictReach.tooShort(all, CONFIDENCE).isEmpty())
                        .as("%d blocks, %d comparisons", blocks, comparisons)
                        .isEqualTo(called);
            }
        }
    }

    @Test
    void the_blocks_that_it_asks_for_are_the_fewest_that_do() {
        for (int comparisons = 1; comparisons <= 40; comparisons++) {
            int least = VerdictReach.tooShort(1, comparisons, CONFIDENCE)
                    .orElseThrow()
                    .leastBlocks()
                    .orElseThrow();
            assertThat(VerdictReach.tooShort(least, comparisons, CONFIDENCE)).isEmpty();
            assertThat(VerdictReach.tooShort(least - 1, comparisons, CONFIDENCE))
                    .as("one less than %d, %d comparisons", least, comparisons)
                    .isPresent();
        }
    }

    @Test
    void one_comparison_with_enough_blocks_is_enough() {
        List<BlockedRatio> mixed = Stream.concat(twiceAsGood(5, 7).stream(), twiceAsGood(9, 1).stream())
                .toList();
        assertThat(VerdictReach.tooShort(mixed, CONFIDENCE)).isEmpty();
    }

    @Test
    void nothing_that_is_compared_is_not_too_short() {
        assertThat(VerdictReach.tooShort(List.of(), CONFIDENCE)).isEmpty();
    }

    @Test
    void a_single_comparison_is_told_in_its_own_words() {
        assertThat(VerdictReach.tooShort(5, 1, CONFIDENCE).orElseThrow().sentence())
                .isEqualTo(
                        "With 5 blocks no difference can be called in the one comparison, however large: the smallest p that can"
                                + " come out is 0.0625 after Holm's adjustment, and 0.0500 is needed; run at least 6 blocks.");
    }

    @Test
    void a_confidence_that_no_number_of_blocks_gives_asks_for_less() {
        assertThat(VerdictReach.tooShort(40, 2, 1 - 1e-6).orElseThrow())
                .satisfies(reach -> assertThat(reach.leastBlocks()).isEmpty())
                .extracting(VerdictReach::sentence)
                .asString()
                .endsWith("is needed; ask for less confidence, or compare fewer cells.");
    }

    /** Blocks that all say the same: no others have a smaller p-value. */
    private static List<BlockedRatio> twiceAsGood(int blocks, int comparisons) {
        List<Pair> pairs = IntStream.range(0, blocks)
                .mapToObj(block -> new Pair(2 + 0.001 * block, 1))
                .toList();
        BlockedRatio ratio = BlockedRatio.ofBlocks(pairs, CONFIDENCE, 1);
        return IntStream.range(0, comparisons).mapToObj(i -> ratio).toList();
    }
}

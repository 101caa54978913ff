package io.quorumark.results.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is counted and narrowed down is what listing and sorting all averages gives, to the last bit. */
class WalshAveragesTest {
    private static final int[] SIZES = {1, 2, 3, 10, 11, 12, 40, 150, 400};
    private static final int RANKS = 60;

    /** How values of samples are spread. */
    enum Spread {
        EVEN {
            @Override
            double draw(Random random) {
                return random.nextDouble() - 0.5;
            }
        },
        NORMAL {
            @Override
            double draw(Random random) {
                return 1e5 + 100 * random.nextGaussian();
            }
        },
        OF_MANY_MAGNITUDES {
            @Override
            double draw(Random random) {
                return Math.exp(100 * random.nextGaussian()) * (random.nextBoolean() ? 1 : -1);
            }
        },
        FEW_DIFFERENT {
            @Override
            double draw(Random random) {
                return Math.rint(2 * random.nextGaussian());
            }
        },
        TWO_HEAPS {
            @Override
            double draw(Random random) {
                return (random.nextBoolean() ? 1 : 1_000) + 0.01 * random.nextDouble();
            }
        },
        ONE_VALUE {
            @Override
            double draw(Random random) {
                return 3.25;
            }
        },
        THE_LARGEST {
            @Override
            double draw(Random random) {
                return Double.MAX_VALUE / 2 * random.nextDouble() * (random.nextBoolean() ? 1 : -1);
            }
        };

        abstract double draw(Random random);
    }

    @ParameterizedTest
    @EnumSource(Spread.class)
    void averages_of_any_rank_are_those_of_the_sorted_list(Spread spread) {
        Random random = new Random(20261129);
        for (int size : SIZES) {
            double[] sample = new double[size];
            Arrays.setAll(sample, i -> spread.draw(random));
            double[] listed = new double[size * (size + 1) / 2];
            SignedRank.fillWalshAverages(sample, listed);
            Arrays.setAll(listed, i -> listed[i] + 0.0); // no negative zero
            Arrays.sort(listed);
            WalshAverages averages = new WalshAverages(sample);
            assertThat(averages.count()).isEqualTo(listed.length);
            for (int i = 0; i < RANKS; i++) {
                int rank = i == 0 ? 0 : i == 1 ? listed.length - 1 : random.nextInt(listed.length);
                assertThat(averages.at(rank))
                        .as("%d of %d of %d values", rank, listed.length, size)
                        .isEqualTo(listed[rank]);
            }
            double upper = listed[listed.length / 2];
            assertThat(averages.median())
                    .as("median of %d values", size)
                    .isEqualTo(listed.length % 2 == 1 ? upper : (listed[listed.length / 2 - 1] + upper) / 2);
        }
    }
}

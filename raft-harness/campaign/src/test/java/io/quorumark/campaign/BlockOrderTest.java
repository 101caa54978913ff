package io.quorumark.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockOrderTest {
    private static final List<String> SIX = List.of("a", "b", "c", "d", "e", "f");

    @Test
    void every_block_has_every_cell_once() {
        for (List<String> block : BlockOrder.balanced(SIX, 20, 1)) {
            assertThat(block).containsExactlyInAnyOrderElementsOf(SIX);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6})
    void over_a_whole_square_every_position_and_every_succession_is_equally_frequent(int cellCount) {
        List<String> cells = SIX.subList(0, cellCount);
        int rows = cellCount % 2 == 0 ? cellCount : 2 * cellCount;
        Map<String, Integer> positions = new HashMap<>();
        Map<String, Integer> successions = new TreeMap<>();
        for (List<String> block : BlockOrder.balanced(cells, rows, 7)) {
            for (int i = 0; i < cellCount; i++) {
                positions.merge(block.get(i) + i, 1, Integer::sum);
                if (i > 0) {
                    successions.merge(block.get(i - 1) + block.get(i), 1, Integer::sum);
                }
            }
        }
        assertThat(positions).hasSize(cellCount * cellCount);
        assertThat(positions.values()).containsOnly(rows / cellCount);
        assertThat(successions).hasSize(cellCount * (cellCount - 1));
        assertThat(successions.values()).containsOnly(rows / cellCount);
    }

    @Test
    void the_seed_decides() {
        assertThat(BlockOrder.balanced(SIX, 6, 3)).isEqualTo(BlockOrder.balanced(SIX, 6, 3));
        assertThat(BlockOrder.balanced(SIX, 6, 3)).isNotEqualTo(BlockOrder.balanced(SIX, 6, 4));
    }
}

package io.quorumark.campaign;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * The order of cells within blocks: rows of a balanced Latin square (E. J. Williams, 1949), in which every cell stands at every position
 * and directly follows every other cell equally often, over as many blocks as the square has rows. Seeded.
 */
final class BlockOrder {
    private BlockOrder() {}

    /**
     * @param <C> what identifies a cell
     * @return for each block, all cells in the order they run
     */
    static <C> List<List<C>> balanced(List<C> cells, int blocks, long seed) {
        Random random = new Random(seed);
        List<List<C>> order = new ArrayList<>(blocks);
        while (order.size() < blocks) {
            List<C> labels = new ArrayList<>(cells);
            Collections.shuffle(labels, random);
            List<List<C>> square = square(labels);
            Collections.shuffle(square, random);
            order.addAll(square.subList(0, Math.min(square.size(), blocks - order.size())));
        }
        return order;
    }

    /** An even number of cells takes as many rows; an odd one takes twice as many, each row also backwards. */
    private static <C> List<List<C>> square(List<C> labels) {
        int size = labels.size();
        List<List<C>> rows = new ArrayList<>();
        for (int shift = 0; shift < size; shift++) {
            List<C> row = new ArrayList<>(size);
            for (int position = 0; position < size; position++) {
                row.add(labels.get((zigzag(position, size) + shift) % size));
            }
            rows.add(row);
            if (size % 2 == 1 && size > 1) {
                List<C> backwards = new ArrayList<>(row);
                Collections.reverse(backwards);
                rows.add(backwards);
            }
        }
        return rows;
    }

    /** 0, 1, n-1, 2, n-2, ... */
    private static int zigzag(int position, int size) {
        if (position == 0) {
            return 0;
        }
        return position % 2 == 1 ? (position + 1) / 2 : size - position / 2;
    }
}

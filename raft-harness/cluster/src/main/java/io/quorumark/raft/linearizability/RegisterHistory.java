package io.quorumark.raft.linearizability;

import io.quorumark.raft.linearizability.Operation.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One record's operations, numbered in the order in which they were asked, with what the search needs to know of each. Immutable.
 *
 * <p>Times become positions in one sequence of invocations and returns. At equal times invocations come first: the operations then count as
 * concurrent.
 */
final class RegisterHistory {
    /** The position of a return that never comes. */
    static final int NEVER = Integer.MAX_VALUE;

    /** The class of an operation that is like no other. */
    static final int ALONE = -1;

    private static final int OPEN_DELETES = 0;
    private static final int OPEN_PUTS_NOBODY_SAW = 1;

    private final Operation[] operations;
    private final int[] invokePosition;
    private final int[] returnPosition;
    private final int[] slot;
    private final int[] returnOrder;
    private final int[] likeness;
    private final int[] rank;
    private final Set<Long> expectedByOpenOnes = new HashSet<>();
    private int slots;

    RegisterHistory(List<Operation> all) {
        operations = all.stream()
                .filter(Operation::constrains)
                .sorted(Comparator.comparingLong(Operation::invokeNanos))
                .toArray(Operation[]::new);
        int count = operations.length;
        invokePosition = new int[count];
        returnPosition = new int[count];
        slot = new int[count];
        likeness = new int[count];
        rank = new int[count];
        Arrays.fill(returnPosition, NEVER);
        returnOrder = orderOfReturns();
        assignPositionsAndSlots();
        findAlike();
    }

    private int[] orderOfReturns() {
        List<Integer> ended = new ArrayList<>();
        for (int i = 0; i < operations.length; i++) {
            if (!operations[i].isOpen()) {
                ended.add(i);
            }
        }
        ended.sort(Comparator.comparingLong(i -> operations[i].returnNanos()));
        return ended.stream().mapToInt(Integer::intValue).toArray();
    }

    private void assignPositionsAndSlots() {
        BitSet taken = new BitSet();
        int position = 0;
        int returned = 0;
        for (int i = 0; i < operations.length; i++) {
            while (returned < returnOrder.length
                    && operations[returnOrder[returned]].returnNanos() < operations[i].invokeNanos()) {
                taken.clear(slot[returnOrder[returned]]);
                returnPosition[returnOrder[returned++]] = position++;
            }
            invokePosition[i] = position++;
            slot[i] = taken.nextClearBit(0);
            taken.set(slot[i]);
            slots = Math.max(slots, slot[i] + 1);
        }
        while (returned < returnOrder.length) {
            returnPosition[returnOrder[returned++]] = position++;
        }
    }

    /** Open operations that no answer can tell apart: it is enough to try them in one order. */
    private void findAlike() {
        Set<Long> seen = new HashSet<>();
        for (Operation operation : operations) {
            if (operation.kind() == Kind.GET) {
                seen.add(operation.value());
            } else if (operation.kind() == Kind.COMPARE_AND_SET) {
                seen.add(operation.expected());
                if (operation.isOpen()) {
                    expectedByOpenOnes.add(operation.expected());
                }
            }
        }
        int[] counts = new int[2];
        for (int i = 0; i < operations.length; i++) {
            Operation operation = operations[i];
            likeness[i] = ALONE;
            if (operation.isOpen()) {
                if (operation.kind() == Kind.DELETE) {
                    likeness[i] = OPEN_DELETES;
                } else if (operation.kind() == Kind.PUT && !seen.contains(operation.value())) {
                    likeness[i] = OPEN_PUTS_NOBODY_SAW;
                }
            }
            if (likeness[i] != ALONE) {
                rank[i] = counts[likeness[i]]++;
            }
        }
    }

    int size() {
        return operations.length;
    }

    Operation operation(int number) {
        return operations[number];
    }

    int invokePosition(int number) {
        return invokePosition[number];
    }

    /** {@link #NEVER} for an operation of unknown outcome. */
    int returnPosition(int number) {
        return returnPosition[number];
    }

    /** How many operations returned. */
    int returns() {
        return returnOrder.length;
    }

    /** Which operation returned as the {@code nth}, from 0. */
    int returned(int nth) {
        return returnOrder[nth];
    }

    /** A small number that no other operation has between this one's invocation and return. */
    int slot(int number) {
        return slot[number];
    }

    int slots() {
        return slots;
    }

    /** The class of open operations that answers cannot tell apart, or {@link #ALONE}. */
    int likeness(int number) {
        return likeness[number];
    }

    /** Whether an open compare-and-set expects the value that an operation writes. */
    boolean feedsAnOpenOne(int number) {
        return expectedByOpenOnes.contains(operations[number].value());
    }

    /** The place of an operation in its class. */
    int rank(int number) {
        return rank[number];
    }
}

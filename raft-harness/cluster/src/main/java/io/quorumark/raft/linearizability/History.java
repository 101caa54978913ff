package io.quorumark.raft.linearizability;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What clients asked of a group and what they were told.
 *
 * @param operations in the order in which they were asked
 */
public record History(List<Operation> operations) {
    public History {
        operations = operations.stream()
                .sorted(Comparator.comparingLong(Operation::invokeNanos))
                .toList();
    }

    /**
     * The operations of each record, which are independent of each other: a history is linearizable if each of its parts is (Herlihy and
     * Wing, theorem 1).
     */
    public Map<String, List<Operation>> byKey() {
        Map<String, List<Operation>> parts = new TreeMap<>();
        for (Operation operation : operations) {
            parts.computeIfAbsent(operation.key(), key -> new ArrayList<>()).add(operation);
        }
        return parts;
    }

    /** How many operations ended in that way. */
    public long count(Operation.Outcome outcome) {
        return operations.stream()
                .filter(operation -> operation.outcome() == outcome)
                .count();
    }
}

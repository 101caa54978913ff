package io.quorumark.raft.linearizability;

import io.quorumark.raft.linearizability.Operation.Outcome;
import java.util.List;

/** The definition of linearizability, tried out: every order of every choice of open operations. Slow, and too simple to be wrong. */
final class EveryOrder {
    private final List<Operation> operations;

    private EveryOrder(List<Operation> operations) {
        this.operations = operations;
    }

    static boolean explains(History history) {
        List<Operation> relevant = history.operations().stream()
                .filter(operation -> operation.outcome() != Outcome.NOT_DONE)
                .filter(operation -> operation.kind() != Operation.Kind.GET || operation.outcome() != Outcome.UNKNOWN)
                .toList();
        return new EveryOrder(relevant).extend(new boolean[relevant.size()], 0);
    }

    private boolean extend(boolean[] placed, long value) {
        boolean complete = true;
        for (int i = 0; i < placed.length; i++) {
            complete &= placed[i] || operations.get(i).outcome() == Outcome.UNKNOWN;
        }
        if (complete) {
            return true;
        }
        for (int i = 0; i < placed.length; i++) {
            if (!placed[i] && !isBehindAnother(i, placed)) {
                Long after = apply(operations.get(i), value);
                if (after != null) {
                    placed[i] = true;
                    boolean found = extend(placed, after);
                    placed[i] = false;
                    if (found) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** Whether another operation that is not placed had returned before this one began. */
    private boolean isBehindAnother(int number, boolean[] placed) {
        for (int other = 0; other < placed.length; other++) {
            if (!placed[other]
                    && operations.get(other).returnNanos()
                            < operations.get(number).invokeNanos()) {
                return true;
            }
        }
        return false;
    }

    private static @org.jspecify.annotations.Nullable Long apply(Operation operation, long value) {
        boolean matches = operation.expected() == value;
        return switch (operation.kind()) {
            case GET -> operation.value() == value ? value : null;
            case PUT -> operation.value();
            case DELETE -> 0L;
            case COMPARE_AND_SET ->
                switch (operation.outcome()) {
                    case OK -> matches ? operation.value() : null;
                    case CONFLICT -> matches ? null : value;
                    case UNKNOWN, NOT_DONE -> matches ? operation.value() : value;
                };
        };
    }
}

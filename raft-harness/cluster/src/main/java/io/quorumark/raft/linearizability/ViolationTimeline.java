package io.quorumark.raft.linearizability;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A violation as text for people: the last operations that could be placed, in their order, and those that could not, as bars over time.
 */
final class ViolationTimeline {
    private static final int PLACED_SHOWN = 10;
    private static final int UNPLACED_SHOWN = 12;
    private static final int BAR_COLUMNS = 48;

    private final LinearizabilityVerdict.Violation violation;
    private final List<Operation> placed;
    private final List<Operation> unplaced;
    private final long fromNanos;
    private final long toNanos;

    private ViolationTimeline(LinearizabilityVerdict.Violation violation) {
        this.violation = violation;
        List<Operation> all = violation.placed();
        this.placed = all.subList(Math.max(0, all.size() - PLACED_SHOWN), all.size());
        // the culprit first, then those asked last: what was open for long says the least
        List<Operation> rest = new ArrayList<>(
                violation.unplaced().subList(1, violation.unplaced().size()));
        rest.sort(Comparator.comparingLong(Operation::invokeNanos).reversed());
        List<Operation> shown = new ArrayList<>(List.of(violation.culprit()));
        shown.addAll(rest.subList(0, Math.min(UNPLACED_SHOWN, rest.size())));
        this.unplaced = shown;
        this.fromNanos = firstInvoke();
        this.toNanos = Math.max(violation.culprit().returnNanos(), lastReturn());
    }

    static String of(LinearizabilityVerdict.Violation violation) {
        return new ViolationTimeline(violation).text();
    }

    private long firstInvoke() {
        long first = violation.culprit().invokeNanos();
        for (Operation operation : placed) {
            first = Math.min(first, operation.invokeNanos());
        }
        return first;
    }

    private long lastReturn() {
        return placed.stream()
                .filter(operation -> !operation.isOpen())
                .mapToLong(Operation::returnNanos)
                .max()
                .orElse(fromNanos);
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        int hiddenPlaced = violation.placed().size() - placed.size();
        int hiddenUnplaced = violation.unplaced().size() - unplaced.size();
        text.append(String.format(
                Locale.ROOT,
                "key '%s' is not linearizable: after %d operations no order explains '%s' of client %d; %.3f ms are shown%n",
                violation.key(),
                violation.placed().size(),
                violation.culprit().describe(),
                violation.culprit().client(),
                millis(toNanos)));
        if (hiddenPlaced > 0) {
            text.append(String.format(Locale.ROOT, "       ... %d operations before these%n", hiddenPlaced));
        }
        int position = hiddenPlaced;
        for (Operation operation : placed) {
            line(text, String.format(Locale.ROOT, "%5d.", ++position), operation);
        }
        text.append(String.format(Locale.ROOT, "  not placed:%n"));
        line(text, "    !!", violation.culprit());
        for (Operation operation : unplaced.subList(1, unplaced.size())) {
            line(text, "     ?", operation);
        }
        if (hiddenUnplaced > 0) {
            text.append(String.format(Locale.ROOT, "       ... %d more on their way%n", hiddenUnplaced));
        }
        return text.toString();
    }

    private double millis(long nanos) {
        return (nanos - fromNanos) / 1e6;
    }

    private void line(StringBuilder text, String mark, Operation operation) {
        text.append(String.format(
                Locale.ROOT,
                "%s client %-3d %-36s %s%n",
                mark,
                operation.client(),
                operation.describe(),
                bar(operation)));
    }

    private String bar(Operation operation) {
        int from = column(operation.invokeNanos());
        int to = column(operation.returnNanos());
        StringBuilder bar = new StringBuilder(" ".repeat(from));
        bar.append(operation.invokeNanos() < fromNanos ? '<' : '|');
        bar.append("-".repeat(Math.max(0, to - from - 1)));
        if (operation.returnNanos() > toNanos) {
            bar.append('>');
        } else if (to > from) {
            bar.append('|');
        }
        return bar.toString();
    }

    private int column(long nanos) {
        long clipped = Math.min(Math.max(nanos, fromNanos), toNanos);
        double share = (clipped - fromNanos) / (double) Math.max(1, toNanos - fromNanos);
        return (int) Math.round(share * (BAR_COLUMNS - 1));
    }
}

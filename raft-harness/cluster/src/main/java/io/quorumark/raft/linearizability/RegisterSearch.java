package io.quorumark.raft.linearizability;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * The search for one record: places operations one after the other, always one that was asked before the first return which is still to be
 * explained, and goes back if none fits.
 *
 * <p>A configuration is what is placed and the value it leads to (after an open operation, the value before it, too). Everything that
 * returned before the first unexplained return is placed, and nothing that was asked after it; so what is placed is told by the number of
 * explained returns and one bit for each operation on its way, however long the history is.
 *
 * <p>An operation that changes nothing is placed as soon as it fits, and never taken back alone: wherever else an explanation has it, it
 * has it here as well, and all the others stay as they are.
 *
 * <p>An operation of unknown outcome need not be placed, which would double the possibilities with each. Two observations keep them few:
 * one can be left out unless the operation right after it would not be possible without it, and those that no answer can tell apart are
 * tried in one order only.
 */
final class RegisterSearch {
    private static final int START = -1;
    private static final int NONE = -2;
    private static final int FIXED = 3;

    private final String key;
    private final RegisterHistory history;
    private final int maxConfigurations;
    private final Candidates ended;
    private final Candidates open;
    private final ConfigurationSet seen;
    private final long[] configuration;
    private final BitSet placed;
    private final int[] placedAlike = new int[2];

    private final int[] order;
    private final long[] valuesBefore;
    private final int[] explainedBefore;
    private int depth;
    private int explained;
    private long value = Operation.ABSENT;

    private final int[] bestOrder;
    private int bestDepth;
    private int bestExplained;
    private int sharedDepth;

    RegisterSearch(String key, List<Operation> operations, int maxConfigurations) {
        this.key = key;
        this.history = new RegisterHistory(operations);
        this.maxConfigurations = maxConfigurations;
        int count = history.size();
        this.ended = new Candidates(count, number -> !history.operation(number).isOpen());
        this.open = new Candidates(count, number -> history.operation(number).isOpen());
        this.configuration = new long[FIXED + (history.slots() + Long.SIZE - 1) / Long.SIZE];
        this.seen = new ConfigurationSet();
        this.placed = new BitSet(count);
        this.order = new int[count];
        this.valuesBefore = new long[count];
        this.explainedBefore = new int[count];
        this.bestOrder = new int[count];
    }

    LinearizabilityVerdict run() {
        int last = START;
        while (explained < history.returns()) {
            int number = candidateAfter(last);
            if (number != NONE && !fits(number)) {
                last = number;
                continue;
            }
            if (number != NONE) {
                place(number);
                if (seen.add(currentConfiguration())) {
                    if (seen.size() > maxConfigurations) {
                        return new LinearizabilityVerdict.Undecided(key, seen.size());
                    }
                    last = START;
                    continue;
                }
            }
            last = takeBackToChoice();
            if (last == NONE) {
                return violation();
            }
        }
        return new LinearizabilityVerdict.Linearizable(history.size(), seen.size());
    }

    /** Operations that returned come first: they must be placed, and mostly nothing else needs to be. */
    private int candidateAfter(int last) {
        int bound = history.returnPosition(history.returned(explained));
        if (last == START) {
            int free = fittingThatChangesNothing(bound);
            if (free != NONE) {
                return free;
            }
        }
        if (last == START || !history.operation(last).isOpen()) {
            int number = last == START ? ended.first() : ended.after(last);
            if (number != Candidates.END && history.invokePosition(number) < bound) {
                return number;
            }
            last = START;
        }
        int number = last == START ? open.first() : open.after(last);
        return number != Candidates.END && history.invokePosition(number) < bound ? number : NONE;
    }

    private int fittingThatChangesNothing(int bound) {
        for (int number = ended.first();
                number != Candidates.END && history.invokePosition(number) < bound;
                number = ended.after(number)) {
            if (history.operation(number).changesNothing() && fits(number)) {
                return number;
            }
        }
        return NONE;
    }

    private boolean fits(int number) {
        Operation operation = history.operation(number);
        if (!VersionedRegister.allows(operation, value)) {
            return false;
        }
        if (lastIsOpen() && !VersionedRegister.tellsApart(operation, value, valuesBefore[depth - 1])) {
            return false;
        }
        int likeness = history.likeness(number);
        if (likeness != RegisterHistory.ALONE && history.rank(number) != placedAlike[likeness]) {
            return false;
        }
        return !operation.isOpen()
                || history.feedsAnOpenOne(number)
                || isToldApart(VersionedRegister.after(operation, value));
    }

    private boolean lastIsOpen() {
        return depth > 0 && history.operation(order[depth - 1]).isOpen();
    }

    /** Whether an operation that returned can come next if the value changes to {@code after}, and could not if it stayed. */
    private boolean isToldApart(long after) {
        int bound = history.returnPosition(history.returned(explained));
        for (int number = ended.first();
                number != Candidates.END && history.invokePosition(number) < bound;
                number = ended.after(number)) {
            Operation operation = history.operation(number);
            if (VersionedRegister.allows(operation, after) && VersionedRegister.tellsApart(operation, after, value)) {
                return true;
            }
        }
        return false;
    }

    private void place(int number) {
        Operation operation = history.operation(number);
        order[depth] = number;
        valuesBefore[depth] = value;
        explainedBefore[depth] = explained;
        depth++;
        value = VersionedRegister.after(operation, value);
        placed.set(number);
        setBit(history.slot(number));
        (operation.isOpen() ? open : ended).remove(number);
        if (history.likeness(number) != RegisterHistory.ALONE) {
            placedAlike[history.likeness(number)]++;
        }
        while (explained < history.returns() && placed.get(history.returned(explained))) {
            clearBit(history.slot(history.returned(explained)));
            explained++;
        }
        if (explained > bestExplained) {
            rememberBest();
        }
    }

    /** @return the last operation placed that there was a choice at, and that is no more; {@link #NONE} if there was none */
    private int takeBackToChoice() {
        while (depth > 0) {
            int number = takeBack();
            if (!history.operation(number).changesNothing()) {
                return number;
            }
        }
        return NONE;
    }

    /** @return the operation that was placed last and is no more */
    private int takeBack() {
        depth--;
        sharedDepth = Math.min(sharedDepth, depth);
        int number = order[depth];
        while (explained > explainedBefore[depth]) {
            explained--;
            setBit(history.slot(history.returned(explained)));
        }
        clearBit(history.slot(number));
        placed.clear(number);
        value = valuesBefore[depth];
        (history.operation(number).isOpen() ? open : ended).restore(number);
        if (history.likeness(number) != RegisterHistory.ALONE) {
            placedAlike[history.likeness(number)]--;
        }
        return number;
    }

    private void setBit(int slot) {
        configuration[FIXED + slot / Long.SIZE] |= 1L << slot;
    }

    private void clearBit(int slot) {
        configuration[FIXED + slot / Long.SIZE] &= ~(1L << slot);
    }

    private long[] currentConfiguration() {
        configuration[0] = 2L * explained + (lastIsOpen() ? 1 : 0);
        configuration[1] = value;
        configuration[2] = lastIsOpen() ? valuesBefore[depth - 1] : 0;
        return configuration;
    }

    /** Copies what has changed since the last time only, so that remembering costs no more than searching. */
    private void rememberBest() {
        System.arraycopy(order, sharedDepth, bestOrder, sharedDepth, depth - sharedDepth);
        sharedDepth = depth;
        bestDepth = depth;
        bestExplained = explained;
    }

    private LinearizabilityVerdict.Violation violation() {
        BitSet inBest = new BitSet(history.size());
        List<Operation> best = new ArrayList<>(bestDepth);
        for (int number : Arrays.copyOf(bestOrder, bestDepth)) {
            inBest.set(number);
            best.add(history.operation(number));
        }
        int culprit = history.returned(bestExplained);
        List<Operation> unplaced = new ArrayList<>();
        unplaced.add(history.operation(culprit));
        for (int number = 0; number < history.size(); number++) {
            if (number != culprit
                    && !inBest.get(number)
                    && history.invokePosition(number) < history.returnPosition(culprit)) {
                unplaced.add(history.operation(number));
            }
        }
        return new LinearizabilityVerdict.Violation(key, best, unplaced);
    }
}

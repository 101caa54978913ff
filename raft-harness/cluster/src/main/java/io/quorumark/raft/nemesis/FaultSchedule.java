package io.quorumark.raft.nemesis;

import io.quorumark.raft.nemesis.Fault.Kind;
import io.quorumark.raft.nemesis.Fault.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * What goes wrong when. Its text is one {@link Fault} a line, and parses back to the same schedule.
 *
 * @param faults in the order of their times; each is over before the next begins
 */
public record FaultSchedule(List<Fault> faults) {
    private static final int LONGEST_GAP_MILLIS = 250;
    private static final int SHORTEST_FAULT_MILLIS = 100;
    private static final int LONGEST_FAULT_MILLIS = 700;

    public FaultSchedule {
        faults = List.copyOf(faults);
        long freeAtMillis = 0;
        for (Fault fault : faults) {
            if (fault.atMillis() < freeAtMillis) {
                throw new IllegalArgumentException("fault '" + fault
                        + "' begins before the one before it is over, expected at least " + freeAtMillis + " ms");
            }
            freeAtMillis = fault.atMillis() + fault.forMillis();
        }
    }

    /**
     * Draws a schedule; the same one for the same arguments.
     *
     * @param kinds what may go wrong
     * @param lengthMillis before which every fault is over
     */
    public static FaultSchedule draw(long seed, Set<Kind> kinds, long lengthMillis) {
        if (kinds.isEmpty()) {
            throw new IllegalArgumentException("kinds is empty, expected one at least");
        }
        SplittableRandom random = new SplittableRandom(seed);
        List<Kind> choices = kinds.stream().sorted().toList();
        List<Fault> faults = new ArrayList<>();
        long atMillis = 0;
        while (true) {
            atMillis += random.nextInt(LONGEST_GAP_MILLIS);
            Kind kind = choices.get(random.nextInt(choices.size()));
            Target target = targetOf(kind, random);
            long forMillis = random.nextInt(SHORTEST_FAULT_MILLIS, LONGEST_FAULT_MILLIS);
            if (atMillis + forMillis > lengthMillis) {
                return new FaultSchedule(faults);
            }
            faults.add(new Fault(atMillis, kind, target, forMillis));
            atMillis += forMillis;
        }
    }

    /** Leaders are hit most, because that hurts most. */
    private static Target targetOf(Kind kind, SplittableRandom random) {
        int choice = random.nextInt(10);
        if (choice < 2 && kind.suitsAll()) {
            return Target.ALL;
        }
        return choice < 7 ? Target.LEADER : Target.FOLLOWER;
    }

    /** When the last fault is over. */
    public long lengthMillis() {
        if (faults.isEmpty()) {
            return 0;
        }
        Fault last = faults.get(faults.size() - 1);
        return last.atMillis() + last.forMillis();
    }

    /** One fault a line. */
    @Override
    public String toString() {
        return faults.stream().map(Fault::toString).collect(Collectors.joining("\n"));
    }

    /** @throws IllegalArgumentException a line is no fault, or faults overlap */
    public static FaultSchedule parse(String text) {
        return new FaultSchedule(
                text.lines().filter(line -> !line.isBlank()).map(Fault::parse).toList());
    }
}

package io.quorumark.raft.nemesis;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** Carries out a schedule. */
public final class Nemesis {
    private final Victims victims;
    private final long startNanos = System.nanoTime();
    private final List<String> deeds = new ArrayList<>();

    private Nemesis(Victims victims) {
        this.victims = victims;
    }

    /**
     * Does to the group what the schedule says, on the calling thread, and undoes it. A fault that takes long to begin or end delays those
     * after it.
     *
     * @return what was done when and to whom, a line each
     * @throws RuntimeException a fault could not be inflicted or relieved; the message is the group's own
     */
    public static List<String> unleash(FaultSchedule schedule, Victims victims) {
        Nemesis nemesis = new Nemesis(victims);
        schedule.faults().forEach(nemesis::carryOut);
        return nemesis.deeds;
    }

    private void carryOut(Fault fault) {
        waitUntil(startNanos + TimeUnit.MILLISECONDS.toNanos(fault.atMillis()));
        List<Integer> members = membersOf(fault.target());
        members.forEach(member -> victims.inflict(fault.kind(), member));
        note(fault, members, "");
        waitUntil(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(fault.forMillis()));
        members.forEach(member -> victims.relieve(fault.kind(), member));
        note(fault, members, " is over");
    }

    private List<Integer> membersOf(Fault.Target target) {
        int leader = victims.leader();
        return switch (target) {
            case LEADER -> List.of(leader);
            case FOLLOWER -> List.of((leader + 1) % victims.size());
            case ALL -> IntStream.range(0, victims.size()).boxed().toList();
        };
    }

    private void note(Fault fault, List<Integer> members, String end) {
        deeds.add(String.format(
                Locale.ROOT,
                "%5d ms: %s of member %s%s",
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos),
                fault.kind().code(),
                members,
                end));
    }

    private static void waitUntil(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
        }
    }
}

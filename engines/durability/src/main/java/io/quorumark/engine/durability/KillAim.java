package io.quorumark.engine.durability;

import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Which of a process's calls it is killed at. Chosen from what earlier processes did to the same files: an acknowledgement, a change of
 * names or of a length (a new log file, a flush, a compaction), a sync, any write, or one of the first calls of all, which are
 * recovery's.
 */
record KillAim(String setting) {
    /** Not a kind of event: what the recorder calls a write to the file of acknowledgements. */
    private static final long ACKNOWLEDGED_MASK = 1L << 16;

    private static final Set<Trace.Kind> NAMES =
            EnumSet.of(Trace.Kind.CREATE, Trace.Kind.RENAME, Trace.Kind.UNLINK, Trace.Kind.LINK, Trace.Kind.TRUNCATE);
    private static final Set<Trace.Kind> SYNCS = EnumSet.of(Trace.Kind.SYNC, Trace.Kind.SYNC_RANGE);
    private static final Set<Trace.Kind> WRITES = EnumSet.of(Trace.Kind.WRITE, Trace.Kind.WRITE_SYNCED);
    private static final List<Set<Trace.Kind>> KINDS = List.of(NAMES, SYNCS, WRITES);
    private static final Set<Trace.Kind> CALLS = EnumSet.of(
            Trace.Kind.CREATE,
            Trace.Kind.RENAME,
            Trace.Kind.UNLINK,
            Trace.Kind.TRUNCATE,
            Trace.Kind.SYNC,
            Trace.Kind.WRITE,
            Trace.Kind.WRITE_SYNCED);
    private static final int FEWEST_BATCHES = 60;
    private static final int MORE_BATCHES = 140;
    private static final int FIRST_CALLS = 40;

    /**
     * Chooses one. Each ends at an acknowledgement at the latest: an engine that only stores through mappings may never make the call that
     * is aimed at. Every second process lives until an acknowledgement: a short life holds few moments.
     *
     * @param earlier what the longest-lived process before did; empty for the first
     */
    static KillAim chosen(List<Trace.Event> earlier, Random random) {
        int batches = FEWEST_BATCHES + random.nextInt(MORE_BATCHES);
        String atLast = ACKNOWLEDGED_MASK + ":" + batches + ":a";
        int choice = random.nextInt(2 * (1 + KINDS.size()));
        if (earlier.isEmpty() || choice > KINDS.size()) {
            return new KillAim(atLast);
        }
        if (choice == KINDS.size()) {
            return new KillAim(
                    maskOf(CALLS) + ":" + (1 + random.nextInt(FIRST_CALLS)) + ":" + when(random) + "," + atLast);
        }
        Set<Trace.Kind> kinds = KINDS.get(choice);
        long seen =
                earlier.stream().filter(event -> kinds.contains(event.kind())).count();
        int nth = 1 + random.nextInt((int) Math.max(1, seen));
        return new KillAim(maskOf(kinds) + ":" + nth + ":" + when(random) + "," + atLast);
    }

    private static String when(Random random) {
        return random.nextBoolean() ? "a" : "b";
    }

    private static long maskOf(Set<Trace.Kind> kinds) {
        return kinds.stream().mapToLong(kind -> 1L << kind.code()).sum();
    }
}

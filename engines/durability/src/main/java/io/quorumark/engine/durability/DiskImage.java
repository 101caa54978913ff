package io.quorumark.engine.durability;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What a device may hold after the power was cut at one moment of a trace.
 *
 * <p>Like a journalling file system (ext4 and XFS in their ordinary modes): a sync makes the file's writes durable and, with them, every
 * earlier change of names; changes of names are kept in order; a write that was not synced may be there, not be there, or be there in
 * some of its sectors, whatever later ones did. What was stored through a mapping is a write like any other; a sync of a mapped range
 * reaches the pages in that range and no others. Stricter than POSIX would be a system that forgets a new file's name unless its folder
 * was synced too; that is not asked of engines here.
 */
final class DiskImage {
    private static final int SECTOR_BYTES = 512;

    /** How much of what was not synced is there. */
    enum Unsynced {
        NOTHING,
        /** What came before some moment. */
        A_PREFIX,
        /** Any writes, some of them torn. */
        ANYTHING
    }

    private final Random random;
    private final Unsynced unsynced;
    private final FolderImage image = new FolderImage();

    private DiskImage(Unsynced unsynced, Random random) {
        this.unsynced = unsynced;
        this.random = random;
    }

    /** The image after the first {@code end} events. */
    static FolderImage at(Trace trace, int end, Unsynced unsynced, Random random) {
        DiskImage made = new DiskImage(unsynced, random);
        made.replay(trace.events().subList(0, end));
        return made.image;
    }

    private void replay(List<Trace.Event> events) {
        boolean[] durable = durableOf(events);
        int prefix = unsynced == Unsynced.A_PREFIX ? random.nextInt(events.size() + 1) : 0;
        int names = lastDurableName(events);
        int keptNames = unsynced == Unsynced.NOTHING ? names : names + random.nextInt(events.size() - names + 1);
        for (int i = 0; i < events.size(); i++) {
            Trace.Event event = events.get(i);
            if (isName(event.kind())) {
                if (i < keptNames || i < prefix) {
                    image.apply(event);
                } else if (event.kind() == Trace.Kind.CREATE) {
                    image.nameless(event);
                }
            } else if (durable[i] || i < prefix) {
                image.apply(event);
            } else if (unsynced == Unsynced.ANYTHING && random.nextBoolean()) {
                applyTorn(event);
            }
        }
    }

    /** Which changes of contents a sync has reached by the end. */
    private static boolean[] durableOf(List<Trace.Event> events) {
        boolean[] durable = new boolean[events.size()];
        Map<Long, List<Integer>> waiting = new HashMap<>();
        for (int i = 0; i < events.size(); i++) {
            Trace.Event event = events.get(i);
            switch (event.kind()) {
                case WRITE, STORED, TRUNCATE ->
                    waiting.computeIfAbsent(event.inode(), any -> new ArrayList<>())
                            .add(i);
                case WRITE_SYNCED -> durable[i] = true;
                case SYNC -> {
                    if (event.inode() == 0) {
                        waiting.values().forEach(all -> all.forEach(reached -> durable[reached] = true));
                        waiting.clear();
                    } else {
                        for (int reached : waiting.getOrDefault(event.inode(), List.of())) {
                            durable[reached] = true;
                        }
                        waiting.remove(event.inode());
                    }
                }
                case SYNC_RANGE -> {
                    Iterator<Integer> ofFile = waiting.getOrDefault(event.inode(), new ArrayList<>())
                            .iterator();
                    while (ofFile.hasNext()) {
                        int index = ofFile.next();
                        if (isReached(events.get(index), event)) {
                            durable[index] = true;
                            ofFile.remove();
                        }
                    }
                }
                case CREATE -> waiting.remove(event.inode());
                default -> {}
            }
        }
        return durable;
    }

    /** The file's length goes with any range, as data beyond the old end cannot be found without it. */
    private static boolean isReached(Trace.Event change, Trace.Event range) {
        return change.kind() == Trace.Kind.TRUNCATE
                || (change.number() >= range.number()
                        && change.number() + change.data().length <= range.number() + range.rangeBytes());
    }

    /** Every sync commits the journal, and with it all names up to there. */
    private static int lastDurableName(List<Trace.Event> events) {
        for (int i = events.size() - 1; i >= 0; i--) {
            switch (events.get(i).kind()) {
                case SYNC, SYNC_RANGE, WRITE_SYNCED -> {
                    return i;
                }
                default -> {}
            }
        }
        return 0;
    }

    private static boolean isName(Trace.Kind kind) {
        return switch (kind) {
            case CREATE, RENAME, UNLINK, MKDIR, RMDIR, LINK, EXCHANGE -> true;
            case WRITE, WRITE_SYNCED, STORED, TRUNCATE, SYNC, SYNC_RANGE, UNSEEN, REFUSED -> false;
        };
    }

    /** Some sectors of a write. */
    private void applyTorn(Trace.Event event) {
        boolean isWrite = event.kind() == Trace.Kind.WRITE || event.kind() == Trace.Kind.STORED;
        if (!isWrite || random.nextInt(3) > 0) {
            image.apply(event);
            return;
        }
        int at = 0;
        while (at < event.data().length) {
            long position = event.number() + at;
            int inSector = (int) (SECTOR_BYTES - position % SECTOR_BYTES);
            int count = Math.min(inSector, event.data().length - at);
            if (random.nextBoolean()) {
                image.write(event, at, count);
            }
            at += count;
        }
    }
}

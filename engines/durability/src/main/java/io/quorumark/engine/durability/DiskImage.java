package io.quorumark.engine.durability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * What a device may hold after the power was cut at one moment of a trace.
 *
 * <p>Like a journalling file system (ext4 and XFS in their ordinary modes): a sync makes the file's writes durable and, with them, every earlier change of names; changes of names are kept
 * in order; a write that was not synced may be there, not be there, or be there in some of its sectors, whatever later ones did. Stricter than POSIX would be a system that
 * forgets a new file's name unless its folder was synced too; that is not asked of engines here.
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

    /** One file, wherever its name is. */
    private static final class Contents {
        private byte[] bytes = new byte[0];
        private int length;

        void write(long offset, byte[] data, int from, int count) {
            int end = Math.toIntExact(offset + from + count);
            if (end > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(end, 2 * bytes.length));
            }
            System.arraycopy(data, from, bytes, Math.toIntExact(offset) + from, count);
            length = Math.max(length, end);
        }

        void truncate(long newLength) {
            int wanted = Math.toIntExact(newLength);
            if (wanted < length) {
                Arrays.fill(bytes, wanted, length, (byte) 0);
            } else if (wanted > bytes.length) {
                bytes = Arrays.copyOf(bytes, wanted);
            }
            length = wanted;
        }
    }

    private final Random random;
    private final Unsynced unsynced;
    private final Map<String, Contents> files = new TreeMap<>();
    private final List<String> folders = new ArrayList<>();
    private final Map<Long, Contents> byInode = new HashMap<>();

    private DiskImage(Unsynced unsynced, Random random) {
        this.unsynced = unsynced;
        this.random = random;
    }

    /** The image after the first {@code end} events. */
    static DiskImage at(Trace trace, int end, Unsynced unsynced, Random random) {
        DiskImage image = new DiskImage(unsynced, random);
        image.replay(trace.events().subList(0, end));
        return image;
    }

    private void replay(List<Trace.Event> events) {
        boolean[] durable = durableOf(events);
        int prefix = unsynced == Unsynced.A_PREFIX ? random.nextInt(events.size() + 1) : 0;
        int names = lastDurableName(events, durable);
        int keptNames = unsynced == Unsynced.NOTHING ? names : names + random.nextInt(events.size() - names + 1);
        for (int i = 0; i < events.size(); i++) {
            Trace.Event event = events.get(i);
            if (isName(event.kind())) {
                if (i < keptNames || i < prefix) {
                    rename(event);
                } else if (event.kind() == Trace.Kind.CREATE) {
                    // without its name, but later writes must not land in an older file of the same inode
                    byInode.put(event.inode(), new Contents());
                }
            } else if (durable[i] || i < prefix) {
                apply(event);
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
                case WRITE, TRUNCATE ->
                    waiting.computeIfAbsent(event.inode(), any -> new ArrayList<>())
                            .add(i);
                case WRITE_SYNCED -> durable[i] = true;
                case SYNC -> {
                    for (int reached : waiting.getOrDefault(event.inode(), List.of())) {
                        durable[reached] = true;
                    }
                    waiting.remove(event.inode());
                }
                case CREATE -> waiting.remove(event.inode());
                default -> {}
            }
        }
        return durable;
    }

    /** Every sync commits the journal, and with it all names up to there. */
    private static int lastDurableName(List<Trace.Event> events, boolean[] durable) {
        for (int i = events.size() - 1; i >= 0; i--) {
            Trace.Kind kind = events.get(i).kind();
            if (kind == Trace.Kind.SYNC || (kind == Trace.Kind.WRITE_SYNCED && durable[i])) {
                return i;
            }
        }
        return 0;
    }

    private static boolean isName(Trace.Kind kind) {
        return switch (kind) {
            case CREATE, RENAME, UNLINK, MKDIR, RMDIR, LINK -> true;
            case WRITE, WRITE_SYNCED, TRUNCATE, SYNC, MAPPED -> false;
        };
    }

    private void rename(Trace.Event event) {
        switch (event.kind()) {
            case CREATE -> {
                Contents fresh = new Contents();
                byInode.put(event.inode(), fresh);
                files.put(event.path(), fresh);
            }
            case MKDIR -> folders.add(event.path());
            case RMDIR -> folders.remove(event.path());
            case UNLINK -> files.remove(event.path());
            case LINK -> {
                Contents linked = files.get(event.from());
                if (linked != null) {
                    files.put(event.to(), linked);
                }
            }
            default -> move(event.from(), event.to());
        }
    }

    private void move(String from, String to) {
        Contents moved = files.remove(from);
        if (moved != null) {
            files.put(to, moved);
            return;
        }
        if (folders.remove(from)) {
            folders.add(to);
            for (String path : List.copyOf(files.keySet())) {
                if (path.startsWith(from + "/")) {
                    files.put(to + path.substring(from.length()), files.remove(path));
                }
            }
        }
    }

    private void apply(Trace.Event event) {
        Contents contents = byInode.get(event.inode());
        if (contents == null) {
            return;
        }
        if (event.kind() == Trace.Kind.TRUNCATE) {
            contents.truncate(event.number());
        } else if (event.kind() != Trace.Kind.SYNC && event.kind() != Trace.Kind.MAPPED) {
            contents.write(event.number(), event.data(), 0, event.data().length);
        }
    }

    /** Some sectors of a write. */
    private void applyTorn(Trace.Event event) {
        Contents contents = byInode.get(event.inode());
        if (event.kind() != Trace.Kind.WRITE || contents == null || random.nextInt(3) > 0) {
            apply(event);
            return;
        }
        int at = 0;
        while (at < event.data().length) {
            long position = event.number() + at;
            int inSector = (int) (SECTOR_BYTES - position % SECTOR_BYTES);
            int count = Math.min(inSector, event.data().length - at);
            if (random.nextBoolean()) {
                contents.write(event.number(), event.data(), at, count);
            }
            at += count;
        }
    }

    /**
     * Writes the files that were under {@code root} into {@code target}.
     *
     * @return whether there were any
     */
    boolean writeTo(Path root, Path target) throws IOException {
        boolean any = false;
        for (String folder : folders) {
            if (Path.of(folder).startsWith(root)) {
                Files.createDirectories(
                        target.resolve(root.relativize(Path.of(folder)).toString()));
                any = true;
            }
        }
        for (Map.Entry<String, Contents> file : files.entrySet()) {
            Path path = Path.of(file.getKey());
            if (path.startsWith(root) && !path.equals(root)) {
                Path copy = target.resolve(root.relativize(path).toString());
                Files.createDirectories(copy.getParent());
                Files.write(copy, Arrays.copyOf(file.getValue().bytes, file.getValue().length));
                any = true;
            }
        }
        return any;
    }
}

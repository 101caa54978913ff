package io.quorumark.engine.durability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** A folder's files as a trace's events make them, one event after the other. */
final class FolderImage {
    private final Map<String, Contents> files = new TreeMap<>();
    private final TreeSet<String> folders = new TreeSet<>();
    private final Map<Long, Contents> byInode = new HashMap<>();

    /** Does to the image what the event did to the folder. */
    void apply(Trace.Event event) {
        switch (event.kind()) {
            case CREATE -> files.put(event.path(), nameless(event));
            case MKDIR -> folders.add(event.path());
            case RMDIR -> folders.remove(event.path());
            case UNLINK -> files.remove(event.path());
            case LINK -> link(event);
            case RENAME -> move(event.from(), event.to());
            case EXCHANGE -> exchange(event.from(), event.to());
            case WRITE, WRITE_SYNCED, STORED -> write(event, 0, event.data().length);
            case TRUNCATE -> {
                Contents contents = byInode.get(event.inode());
                if (contents != null) {
                    contents.truncate(event.number());
                }
            }
            case SYNC, SYNC_RANGE, UNSEEN, REFUSED -> {}
        }
        // A file that was made without a name has none until it is linked.
        files.remove("");
    }

    /** A file that was made and has lost its name: later writes must not land in an older file of the same inode. */
    Contents nameless(Trace.Event create) {
        Contents fresh = new Contents();
        byInode.put(create.inode(), fresh);
        return fresh;
    }

    /** A part of a write. */
    void write(Trace.Event event, int from, int count) {
        Contents contents = byInode.get(event.inode());
        if (contents != null) {
            contents.write(event.number(), event.data(), from, count);
        }
    }

    private void link(Trace.Event event) {
        Contents linked = byInode.get(event.inode());
        if (linked != null) {
            files.put(event.to(), linked);
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
            for (String path : List.copyOf(folders)) {
                if (path.startsWith(from + "/") && folders.remove(path)) {
                    folders.add(to + path.substring(from.length()));
                }
            }
        }
    }

    private void exchange(String one, String other) {
        String aside = one + "\0";
        move(one, aside);
        move(other, one);
        move(aside, other);
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
                file.getValue().writeTo(copy);
                any = true;
            }
        }
        return any;
    }
}

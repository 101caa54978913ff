package io.quorumark.engine.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;

/**
 * Which snapshot files stay beside the newest one, so that damage to the newest is not the end. The log is kept from the oldest one that
 * stays: each of them and the log after it give the whole content.
 *
 * @param count how many at least, 1 or more
 * @param age those that are not older than this stay too
 */
record Retention(int count, Duration age) {
    /** The oldest snapshot that stays, by its sequence; deletes those before it. */
    long deleteOlder(Path directory, Instant now) throws IOException {
        NavigableMap<Long, Path> snapshots = LogNames.snapshots(directory);
        int position = 0;
        long oldestKept = snapshots.lastKey();
        for (Map.Entry<Long, Path> snapshot : snapshots.descendingMap().entrySet()) {
            boolean young = !age.isZero()
                    && Files.getLastModifiedTime(snapshot.getValue())
                            .toInstant()
                            .isAfter(now.minus(age));
            if (position++ < count || young) {
                oldestKept = snapshot.getKey();
            } else {
                break;
            }
        }
        for (Path older : snapshots.headMap(oldestKept).values()) {
            Files.delete(older);
        }
        return oldestKept;
    }
}

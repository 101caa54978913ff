package io.quorumark.engine.lmdb;

import io.quorumark.engine.Health;
import io.quorumark.engine.support.DiskRoom;
import java.util.ArrayList;
import java.util.List;
import org.lmdbjava.EnvInfo;

/** What LMDB knows of the room it has left. */
final class HealthReading {
    private static final int PERCENT_FREE_WANTED = 5;
    private static final int PERCENT_FULL_TOLERATED = 90;

    private HealthReading() {}

    static Health of(OpenEnvironment environment) {
        List<String> findings = new ArrayList<>();
        EnvInfo info = environment.env().info();
        long usedBytes = (info.lastPageNumber + 1) * environment.env().stat().pageSize;
        if (usedBytes > info.mapSize / 100 * PERCENT_FULL_TOLERATED) {
            findings.add("the file has " + usedBytes + " of the map's " + info.mapSize
                    + " bytes, free pages included: reopen with a larger maxDataBytes before commits are refused");
        }
        if (info.numReaders > info.maxReaders / 100.0 * PERCENT_FULL_TOLERATED) {
            findings.add(info.numReaders + " of " + info.maxReaders
                    + " reader slots are taken: close sessions, cursors and snapshots, or raise max_readers");
        }
        DiskRoom.findingOf(environment.path(), PERCENT_FREE_WANTED).ifPresent(findings::add);
        return findings.isEmpty() ? Health.GOOD : new Health(Health.Status.DEGRADED, findings);
    }
}

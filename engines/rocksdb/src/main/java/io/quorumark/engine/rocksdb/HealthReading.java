package io.quorumark.engine.rocksdb;

import io.quorumark.engine.Health;
import io.quorumark.engine.support.DiskRoom;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.RocksDBException;

/** What RocksDB knows of its own state. */
final class HealthReading {
    private static final int PERCENT_FREE_WANTED = 5;

    private HealthReading() {}

    static Health of(OpenDatabase database, Path directory) throws RocksDBException {
        List<String> findings = new ArrayList<>();
        long errors = database.db().getLongProperty("rocksdb.background-errors");
        if (errors > 0) {
            findings.add(errors + " flushes or compactions have failed; see LOG in the folder, mend the cause, then"
                    + " close and reopen");
        }
        boolean stopped = database.db().getLongProperty("rocksdb.is-write-stopped") > 0;
        if (stopped) {
            findings.add("writes are stopped until compaction has caught up; write less, or give more background"
                    + " threads");
        }
        long delayedBytesPerSecond = database.db().getLongProperty("rocksdb.actual-delayed-write-rate");
        if (!stopped && delayedBytesPerSecond > 0) {
            findings.add("writes are slowed down to " + delayedBytesPerSecond
                    + " bytes a second until compaction has caught up; write less, or give more background threads");
        }
        DiskRoom.findingOf(directory, PERCENT_FREE_WANTED).ifPresent(findings::add);
        if (findings.isEmpty()) {
            return Health.GOOD;
        }
        return new Health(errors > 0 ? Health.Status.FAILED : Health.Status.DEGRADED, findings);
    }
}

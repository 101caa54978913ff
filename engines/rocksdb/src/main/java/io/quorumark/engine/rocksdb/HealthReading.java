package io.quorumark.engine.rocksdb;

import io.quorumark.engine.Health;
import io.quorumark.engine.support.DiskRoom;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.RocksDBException;
import org.rocksdb.TickerType;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** What RocksDB knows of its own state, and the room on its device. */
final class HealthReading {
    private static final int LEAST_FREE_PERCENT = 5;

    private HealthReading() {}

    static Health of(OpenDatabase database, Path directory) throws RocksDBException {
        List<String> findings = new ArrayList<>();
        boolean refusing = addRefusal(database, findings);
        addStall(database, findings);
        DiskRoom.findingOf(directory, LEAST_FREE_PERCENT).ifPresent(findings::add);
        if (findings.isEmpty()) {
            return Health.GOOD;
        }
        return new Health(refusing ? Health.Status.FAILED : Health.Status.DEGRADED, findings);
    }

    /**
     * RocksDB counts its errors without telling which state they left it in. Only if there were any, a batch of nothing is written: it
     * meets the same refusal as a commit would, and leaves no trace.
     */
    private static boolean addRefusal(OpenDatabase database, List<String> findings) throws RocksDBException {
        long errors = database.statistics().getTickerCount(TickerType.ERROR_HANDLER_BG_ERROR_COUNT)
                + database.db().getAggregatedLongProperty("rocksdb.background-errors");
        if (errors == 0) {
            return false;
        }
        try (WriteBatch nothing = new WriteBatch();
                WriteOptions withoutWaiting =
                        new WriteOptions().setDisableWAL(true).setNoSlowdown(true)) {
            database.write(withoutWaiting, nothing);
            return false;
        } catch (RocksDBException e) {
            findings.add("commits are refused after an error (" + RocksDbErrors.describe(e)
                    + "): remove the cause, such as room on the device, then close the engine and open it again");
            return true;
        }
    }

    private static void addStall(OpenDatabase database, List<String> findings) throws RocksDBException {
        long delayedBytesPerSecond = database.db().getLongProperty("rocksdb.actual-delayed-write-rate");
        if (database.db().getLongProperty("rocksdb.is-write-stopped") > 0) {
            findings.add("commits are stopped until compaction catches up: write less, or raise backgroundThreads");
        } else if (delayedBytesPerSecond > 0) {
            findings.add("commits are held back to " + delayedBytesPerSecond
                    + " bytes a second until compaction catches up: write less, or raise backgroundThreads");
        }
    }
}

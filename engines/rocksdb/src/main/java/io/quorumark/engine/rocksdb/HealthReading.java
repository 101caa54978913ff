package io.quorumark.engine.rocksdb;

import io.quorumark.engine.Health;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
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

    static Health of(OpenDatabase database, Path directory) throws RocksDBException, IOException {
        List<String> findings = new ArrayList<>();
        boolean refusing = addRefusal(database, findings);
        addStall(database, findings);
        addRoom(directory, findings);
        if (findings.isEmpty()) {
            return Health.GOOD;
        }
        return new Health(refusing ? Health.Status.FAILED : Health.Status.DEGRADED, findings);
    }

    /**
     * RocksDB counts its errors and heals from some by itself, without telling which state it is in. Only where there were any, a batch of nothing is written: it
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
                    + "): mend the cause, such as room on the device, then close the engine and open it again");
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

    private static void addRoom(Path directory, List<String> findings) throws IOException {
        FileStore device = Files.getFileStore(directory);
        long freeBytes = device.getUsableSpace();
        long totalBytes = device.getTotalSpace();
        if (totalBytes > 0 && freeBytes < totalBytes / 100 * LEAST_FREE_PERCENT) {
            findings.add("the device has " + freeBytes + " of " + totalBytes + " bytes left, less than "
                    + LEAST_FREE_PERCENT + " %: make room before commits are refused");
        }
    }
}

package io.quorumark.engine.lmdb;

import io.quorumark.engine.Health;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** What LMDB knows of the room it has left: in its map and on the device, and of readers that died without letting go. */
final class HealthReading {
    private static final int FULL_PERCENT = 90;
    private static final int LEAST_FREE_PERCENT = 5;

    private HealthReading() {}

    static Health of(OpenEnvironment environment) throws IOException {
        List<String> findings = new ArrayList<>();
        int gone = environment.env().readerCheck();
        if (gone > 0) {
            findings.add(
                    gone + " reader slots of processes that are gone kept pages from being reused and are free now");
        }
        addMap(PagesInUse.of(environment, environment.env().info()), findings);
        addRoom(environment, findings);
        return findings.isEmpty() ? Health.GOOD : new Health(Health.Status.DEGRADED, findings);
    }

    private static void addMap(PagesInUse pages, List<String> findings) {
        if (pages.treeBytes() > pages.mapBytes() / 100 * FULL_PERCENT) {
            findings.add("the map is nearly full, " + pages.treeBytes() + " of " + pages.mapBytes()
                    + " bytes hold data: open it again with a larger maxDataBytes before commits are refused");
        }
    }

    private static void addRoom(OpenEnvironment environment, List<String> findings) throws IOException {
        FileStore device = Files.getFileStore(environment.path());
        long freeBytes = device.getUsableSpace();
        long totalBytes = device.getTotalSpace();
        if (totalBytes > 0 && freeBytes < totalBytes / 100 * LEAST_FREE_PERCENT) {
            findings.add("the device has " + freeBytes + " of " + totalBytes + " bytes left, less than "
                    + LEAST_FREE_PERCENT + " %: make room before commits are refused");
        }
    }
}

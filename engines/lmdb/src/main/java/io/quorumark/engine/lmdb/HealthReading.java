package io.quorumark.engine.lmdb;

import io.quorumark.engine.EngineException;
import io.quorumark.engine.Health;
import io.quorumark.engine.support.DiskRoom;
import java.util.ArrayList;
import java.util.List;
import org.lmdbjava.LmdbException;

/** What LMDB knows of the room it has left: in its map and on the device, and of readers that died without letting go. */
final class HealthReading {
    private static final int FULL_PERCENT = 90;
    private static final int LEAST_FREE_PERCENT = 5;

    private HealthReading() {}

    /** An environment that cannot even be read has failed; one whose reader slots are all taken goes on committing. */
    static Health of(OpenEnvironment environment) {
        try {
            return read(environment);
        } catch (EngineException.Stalled e) {
            return new Health(Health.Status.DEGRADED, List.of(String.valueOf(e.getMessage())));
        } catch (EngineException e) {
            return failed(e);
        } catch (LmdbException e) {
            return failed(environment.errors().of("reading the health", e));
        }
    }

    private static Health failed(EngineException failure) {
        return new Health(Health.Status.FAILED, List.of(String.valueOf(failure.getMessage())));
    }

    private static Health read(OpenEnvironment environment) {
        List<String> findings = new ArrayList<>();
        int gone = environment.env().readerCheck();
        if (gone > 0) {
            findings.add(
                    gone + " reader slots of processes that are gone kept pages from being reused and are free now");
        }
        addMap(PagesInUse.of(environment, environment.env().info()), findings);
        DiskRoom.findingOf(environment.path(), LEAST_FREE_PERCENT).ifPresent(findings::add);
        return findings.isEmpty() ? Health.GOOD : new Health(Health.Status.DEGRADED, findings);
    }

    private static void addMap(PagesInUse pages, List<String> findings) {
        if (pages.treeBytes() > pages.mapBytes() / 100 * FULL_PERCENT) {
            findings.add("the map is nearly full, " + pages.treeBytes() + " of " + pages.mapBytes()
                    + " bytes hold data: open it again with a larger maxDataBytes before commits are refused");
        }
    }
}

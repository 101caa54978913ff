package io.quorumark.engine.xodus;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import jetbrains.exodus.core.execution.Job;
import jetbrains.exodus.env.EnvironmentImpl;
import jetbrains.exodus.gc.GarbageCollector;
import jetbrains.exodus.log.Log;

/**
 * A collection of every log file that is worth it, on the collector's own thread, waited for.
 *
 * <p>{@link EnvironmentImpl#gc()} only wakes the collector, which then works for as long as it likes, and stops as soon as half the log is
 * in use. This goes through the files itself with the collector's public steps. Files still needed by an open snapshot or cursor are
 * deleted when that closes.
 */
final class XodusCollection {
    /** A file with less garbage than an eighth costs more to rewrite than it gives back. */
    private static final int WORTHWHILE_FRACTION = 8;

    /** Collecting waits up to a second for writers to let it in; after so many refusals in a row it gives up. */
    private static final int MAX_REFUSALS = 30;

    private final EnvironmentImpl environment;
    private final XodusErrors errors;

    XodusCollection(EnvironmentImpl environment, XodusErrors errors) {
        this.environment = environment;
        this.errors = errors;
    }

    void run() {
        CompletableFuture<Boolean> finished = new CompletableFuture<>();
        boolean queued = environment.getGC().getCleanerJobProcessor().queue(new Job() {
            @Override
            protected void execute() {
                try {
                    finished.complete(collect());
                } catch (RuntimeException | Error e) {
                    finished.completeExceptionally(e);
                    throw e;
                }
            }
        });
        if (!queued) {
            throw errors.io("the collector takes no work; close the engine and open it again", null);
        }
        try {
            if (!finished.join()) {
                throw errors.stalled("compaction was kept out by writers; compact again when they are quieter", null);
            }
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? errors.translate("compaction", failure) : e;
        }
    }

    /** @return false if writers kept it out */
    private boolean collect() {
        Log log = environment.getLog();
        GarbageCollector collector = environment.getGC();
        long worthwhileBytes = log.getFileLengthBound() / WORTHWHILE_FRACTION;
        // Files that are written from here on hold what is moved out of the others.
        long[] addresses = Arrays.stream(log.getAllFileAddresses())
                .filter(address -> address < log.getHighFileAddress())
                .sorted()
                .toArray();
        for (long address : addresses) {
            int refusals = 0;
            while (collector.getFileFreeBytes(address) > worthwhileBytes && !collector.doCleanFile(address)) {
                if (++refusals == MAX_REFUSALS) {
                    return false;
                }
            }
        }
        return true;
    }
}

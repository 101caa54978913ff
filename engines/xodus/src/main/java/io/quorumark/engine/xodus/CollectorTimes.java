package io.quorumark.engine.xodus;

import io.quorumark.engine.BackgroundWork;
import io.quorumark.engine.support.FinishedWork;
import jetbrains.exodus.core.execution.Job;
import jetbrains.exodus.core.execution.JobHandler;
import jetbrains.exodus.gc.GarbageCollector;

/**
 * When Xodus collects garbage by itself. It calls what was registered with it as a collection begins; the end is that of the job that the
 * collector's thread is at then. For that thread alone.
 */
final class CollectorTimes extends JobHandler {
    private final GarbageCollector collector;
    private final FinishedWork work;
    private boolean listens;
    private boolean collects;
    private long startNanos;

    private CollectorTimes(GarbageCollector collector, FinishedWork work) {
        this.collector = collector;
        this.work = work;
    }

    /** From here on. */
    static void tell(GarbageCollector collector, FinishedWork work) {
        collector.addBeforeGcAction(new CollectorTimes(collector, work)::begins);
    }

    private void begins() {
        Job job = collector.getCleanerJobProcessor().getCurrentJob();
        if (job != null) {
            startNanos = System.nanoTime();
            collects = true;
            if (!listens) {
                job.registerJobFinishedHandler(this);
                listens = true;
            }
        }
    }

    /** The job also runs to find that there is nothing to do. */
    @Override
    public void handle(Job job) {
        if (collects) {
            collects = false;
            work.ended(BackgroundWork.Kind.COMPACTION, startNanos);
        }
    }
}

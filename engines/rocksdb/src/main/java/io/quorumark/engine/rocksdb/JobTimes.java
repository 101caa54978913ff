package io.quorumark.engine.rocksdb;

import io.quorumark.engine.BackgroundWork;
import io.quorumark.engine.support.FinishedWork;
import java.util.LinkedHashMap;
import java.util.Map;
import org.rocksdb.AbstractEventListener;
import org.rocksdb.CompactionJobInfo;
import org.rocksdb.FlushJobInfo;
import org.rocksdb.RocksDB;

/**
 * When RocksDB flushes and compacts. Called by its background threads, at the beginning and the end of a job; both numbers its jobs in one
 * row.
 */
final class JobTimes extends AbstractEventListener {
    /** A job that failed to begin has no end; more than these do not run at a time. */
    private static final int MOST_RUNNING = 256;

    private final FinishedWork work;
    private final Map<Integer, Long> startNanosByJob = new LinkedHashMap<>();

    JobTimes(FinishedWork work) {
        super(
                EnabledEventCallback.ON_FLUSH_BEGIN,
                EnabledEventCallback.ON_FLUSH_COMPLETED,
                EnabledEventCallback.ON_COMPACTION_BEGIN,
                EnabledEventCallback.ON_COMPACTION_COMPLETED);
        this.work = work;
    }

    @Override
    public void onFlushBegin(RocksDB db, FlushJobInfo job) {
        begins(job.getJobId());
    }

    @Override
    public void onFlushCompleted(RocksDB db, FlushJobInfo job) {
        ends(BackgroundWork.Kind.FLUSH, job.getJobId());
    }

    @Override
    public void onCompactionBegin(RocksDB db, CompactionJobInfo job) {
        begins(job.jobId());
    }

    @Override
    public void onCompactionCompleted(RocksDB db, CompactionJobInfo job) {
        ends(BackgroundWork.Kind.COMPACTION, job.jobId());
    }

    private synchronized void begins(int job) {
        long now = System.nanoTime();
        if (startNanosByJob.size() == MOST_RUNNING) {
            startNanosByJob.remove(startNanosByJob.keySet().iterator().next());
        }
        // a flush of several keyspaces is one job, told once for each
        startNanosByJob.putIfAbsent(job, now);
    }

    private synchronized void ends(BackgroundWork.Kind kind, int job) {
        Long startNanos = startNanosByJob.remove(job);
        if (startNanos != null) {
            work.ended(kind, startNanos);
        }
    }
}

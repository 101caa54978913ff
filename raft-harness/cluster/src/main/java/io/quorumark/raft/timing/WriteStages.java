package io.quorumark.raft.timing;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * Times the stages of some of the writes that a member leads: those whose log index is a multiple of {@link #EVERY}. The log's thread
 * stamps an entry, the applying thread turns the stamps into times; neither waits, locks or allocates.
 *
 * <p>A prime keeps the samples from always meeting the same place of a batch.
 */
public final class WriteStages {
    /** One write in so many is timed. */
    public static final int EVERY = 61;

    private static final int SLOTS = 1 << 13;
    private static final int STAMPS = 4;
    private static final int BEGAN = 1;
    private static final int ENCODED = 2;
    private static final int COMMITTED = 3;
    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int SIGNIFICANT_DIGITS = 2;

    /**
     * By slot: the index, then three times; 0 if the log does not have that far. An entry of {@code SLOTS * EVERY} writes before is
     * overwritten.
     */
    private final AtomicLongArray stamps = new AtomicLongArray(SLOTS * STAMPS);

    private final EnumMap<Stage, SingleWriterRecorder> recorders = new EnumMap<>(Stage.class);

    private final Activities activities = new Activities();

    public WriteStages() {
        for (Stage stage : Stage.values()) {
            recorders.put(stage, new SingleWriterRecorder(LONGEST_NANOS, SIGNIFICANT_DIGITS));
        }
    }

    /**
     * The log's thread has encoded entries and is about to commit them.
     *
     * @param firstIndex of the first entry
     * @param lastIndex of the last one
     * @param beganNanos when it took them, by {@link System#nanoTime}
     * @param encodedNanos when they were encoded
     */
    public void encoded(long firstIndex, long lastIndex, long beganNanos, long encodedNanos) {
        for (long index = firstTimed(firstIndex); index <= lastIndex; index += EVERY) {
            int slot = slot(index);
            stamps.setPlain(slot + BEGAN, beganNanos);
            stamps.setPlain(slot + ENCODED, encodedNanos);
            stamps.setPlain(slot + COMMITTED, 0);
            stamps.setRelease(slot, index);
        }
    }

    /** What the member does beside its writes. */
    public Activities activities() {
        return activities;
    }

    /** The log's thread has committed the entries. */
    public void committed(long firstIndex, long lastIndex, long committedNanos) {
        for (long index = firstTimed(firstIndex); index <= lastIndex; index += EVERY) {
            stamps.setRelease(slot(index) + COMMITTED, committedNanos);
        }
    }

    /** Whether {@link #answered} is to be called for this entry. */
    public static boolean isTimed(long index) {
        return index % EVERY == 0;
    }

    /**
     * The applying thread, always the same one, has answered a write.
     *
     * @param index of its entry; {@link #isTimed}
     * @param submittedNanos when the write was called
     * @param takenNanos when the applying thread took the entry
     * @param appliedNanos when the state's engine had committed it
     * @param answeredNanos when its caller had been told
     */
    public void answered(long index, long submittedNanos, long takenNanos, long appliedNanos, long answeredNanos) {
        int slot = slot(index);
        long began = takenNanos;
        long encoded = takenNanos;
        long committed = takenNanos;
        if (stamps.getAcquire(slot) == index) {
            // a majority of followers can be faster than the leader's own log
            committed = earlier(stamps.getAcquire(slot + COMMITTED), takenNanos);
            encoded = earlier(stamps.getPlain(slot + ENCODED), committed);
            began = earlier(stamps.getPlain(slot + BEGAN), encoded);
        }
        record(Stage.QUEUE, began - submittedNanos);
        record(Stage.LOG_APPEND, encoded - began);
        record(Stage.LOG_SYNC, committed - encoded);
        record(Stage.REPLICATE, takenNanos - committed);
        record(Stage.APPLY, appliedNanos - takenNanos);
        record(Stage.REPLY, answeredNanos - appliedNanos);
    }

    private static long earlier(long stampNanos, long limitNanos) {
        return stampNanos == 0 || stampNanos - limitNanos > 0 ? limitNanos : stampNanos;
    }

    private void record(Stage stage, long nanos) {
        SingleWriterRecorder recorder = Objects.requireNonNull(recorders.get(stage));
        recorder.recordValue(Math.max(0, Math.min(nanos, LONGEST_NANOS)));
    }

    /** What was recorded since the last call. Callable from any thread, while writes go on. */
    public synchronized StageTimes take() {
        Map<Stage, Histogram> taken = new EnumMap<>(Stage.class);
        recorders.forEach((stage, recorder) -> taken.put(stage, recorder.getIntervalHistogram()));
        return new StageTimes(taken);
    }

    private static long firstTimed(long index) {
        return Math.floorDiv(index + EVERY - 1, (long) EVERY) * EVERY;
    }

    private static int slot(long index) {
        return (int) (index / EVERY & (SLOTS - 1)) * STAMPS;
    }
}

package io.quorumark.workload.distribution;

/** Each record in turn, beginning again after the last. */
public final class SequentialSampler implements KeySampler {
    private long next;

    @Override
    public long sample(long population) {
        long record = next < population ? next : 0;
        next = record + 1;
        return record;
    }
}

package io.quorumark.workload.driver;

import org.HdrHistogram.Histogram;

/**
 * What the response times of a paced load are made of, over all operations. A response time is the wait for a free client (queueing), how
 * late the generator then was (its lag, {@link GeneratorLag}), and the service time.
 *
 * @param queueing from when an operation was due until a client was free for it, in nanoseconds
 * @param withoutLag response times less each operation's own lag, in nanoseconds: what a generator that is never late would have seen, save
 * that operations it sends late come in a heap. What a collection that stopped the target as well took of a lag stays: it would have made
 * any generator's operations wait
 */
public record ResponseParts(Histogram queueing, Histogram withoutLag) {
    void add(ResponseParts other) {
        queueing.add(other.queueing);
        withoutLag.add(other.withoutLag);
    }

    void reset() {
        queueing.reset();
        withoutLag.reset();
    }

    /**
     * The share of a percentile of response time that the generator's lag explains, from 0 to 1.
     *
     * @param response of the same operations
     * @param percentile such as 99
     */
    public double explainedByLag(Histogram response, double percentile) {
        long with = response.getValueAtPercentile(percentile);
        return with == 0 ? 0 : Math.max(0, 1 - (double) withoutLag.getValueAtPercentile(percentile) / with);
    }
}

package io.quorumark.workload.driver;

import io.quorumark.workload.Outcome;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** What completed in one interval. Filled by the submitter, then handed to the collector, cleared, and used again. */
final class IntervalHistograms {
    private final Histogram[] response;
    /** Empty for a closed loop. */
    private final Histogram[] service;
    /** Of all operations of a paced load. */
    private final @Nullable ResponseParts parts;

    private long operations;
    private long errors;
    private long clamped;

    IntervalHistograms(int operationClasses, boolean openLoop) {
        response = histograms(operationClasses);
        service = histograms(openLoop ? operationClasses : 0);
        parts = openLoop ? new ResponseParts(newHistogram(), newHistogram()) : null;
    }

    void add(Slot slot) {
        if (!slot.outcome.isFailure()) {
            operations++;
        }
        if (slot.outcome.isFailure() || slot.outcome == Outcome.CONFLICT) {
            errors++;
        }
        int operationClass = slot.operation.operationClassIndex();
        record(response[operationClass], slot.completedNanos - slot.intendedNanos);
        if (service.length > 0) {
            record(service[operationClass], slot.completedNanos - slot.sentNanos);
        }
        ResponseParts all = parts;
        if (all != null) {
            all.queueing().recordValue(within(slot.readyNanos - slot.intendedNanos));
            all.withoutLag().recordValue(within(slot.completedNanos - slot.intendedNanos - slot.ownLagNanos));
        }
    }

    private void record(Histogram histogram, long nanos) {
        if (nanos > Latencies.HIGHEST_NANOS) {
            clamped++;
            histogram.recordValue(Latencies.HIGHEST_NANOS);
        } else {
            histogram.recordValue(Math.max(0, nanos));
        }
    }

    private static long within(long nanos) {
        return Math.max(0, Math.min(Latencies.HIGHEST_NANOS, nanos));
    }

    boolean isEmpty() {
        return operations == 0 && errors == 0;
    }

    int operationClasses() {
        return response.length;
    }

    Histogram response(int operationClass) {
        return response[operationClass];
    }

    Histogram service(int operationClass) {
        return service[operationClass];
    }

    /** Null for a closed loop. */
    @Nullable
    ResponseParts parts() {
        return parts;
    }

    long operations() {
        return operations;
    }

    long errors() {
        return errors;
    }

    long clamped() {
        return clamped;
    }

    void clear() {
        operations = 0;
        errors = 0;
        clamped = 0;
        for (Histogram histogram : response) {
            histogram.reset();
        }
        for (Histogram histogram : service) {
            histogram.reset();
        }
        if (parts != null) {
            parts.reset();
        }
    }

    static Histogram newHistogram() {
        return new Histogram(Latencies.HIGHEST_NANOS, Latencies.DIGITS);
    }

    private static Histogram[] histograms(int count) {
        Histogram[] histograms = new Histogram[count];
        for (int i = 0; i < count; i++) {
            histograms[i] = newHistogram();
        }
        return histograms;
    }
}

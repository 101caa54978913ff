package io.quorumark.workload.driver;

import io.quorumark.workload.Outcome;
import org.HdrHistogram.Histogram;

/** What completed in one interval. Filled by the submitter, then handed to the collector, cleared, and used again. */
final class IntervalHistograms {
    private final Histogram[] response;
    /** Empty for a closed loop. */
    private final Histogram[] service;

    private long operations;
    private long errors;
    private long clamped;

    IntervalHistograms(int operationClasses, boolean openLoop) {
        response = histograms(operationClasses);
        service = histograms(openLoop ? operationClasses : 0);
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
    }

    private void record(Histogram histogram, long nanos) {
        if (nanos > Latencies.HIGHEST_NANOS) {
            clamped++;
            histogram.recordValue(Latencies.HIGHEST_NANOS);
        } else {
            histogram.recordValue(Math.max(0, nanos));
        }
    }

    boolean isEmpty() {
        return operations == 0 && errors == 0;
    }

    int operationClasses() {
        return response.length;
    }

    boolean hasService() {
        return service.length > 0;
    }

    Histogram response(int operationClass) {
        return response[operationClass];
    }

    Histogram service(int operationClass) {
        return service[operationClass];
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

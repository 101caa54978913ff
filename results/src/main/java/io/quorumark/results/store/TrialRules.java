package io.quorumark.results.store;

import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Cost;
import io.quorumark.results.model.ResponseParts;
import io.quorumark.results.model.Stall;
import io.quorumark.results.model.Trial;
import io.quorumark.results.model.Trial.Canary;
import io.quorumark.results.model.Trial.Costs;
import io.quorumark.results.model.Trial.Latency;
import io.quorumark.results.model.Trial.MemoryLimit;
import io.quorumark.results.model.Trial.Outcome;
import io.quorumark.results.model.Trial.Replication;
import io.quorumark.results.model.Trial.Resources;
import io.quorumark.results.model.Trial.SeriesPoint;
import io.quorumark.results.model.Trial.Timekeeping;
import io.quorumark.results.model.Trial.Verification;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What holds for every stored trial, checked before it is written and after it is read: what cannot be read back must not be written. */
final class TrialRules {
    private static final String INTERVAL = "Tag=";

    private final Path file;

    private TrialRules(Path file) {
        this.file = file;
    }

    /** @throws ResultsException naming the first figure that cannot be */
    static void check(Path file, Trial trial) {
        TrialRules rules = new TrialRules(file);
        if (trial.formatVersion() != Campaign.FORMAT_VERSION) {
            throw ResultsException.otherVersion(file, trial.formatVersion(), Campaign.FORMAT_VERSION);
        }
        rules.checkOutcome(trial);
        rules.notNegative("throughputOpsPerSecond", trial.throughputOpsPerSecond());
        rules.notNegative("operations", trial.operations());
        rules.notNegative("errors", trial.errors());
        trial.phases().forEach(phase -> rules.notNegative("phase " + phase.name() + " seconds", phase.seconds()));
        trial.latency().forEach((operationClass, latency) -> rules.checkLatency("latency." + operationClass, latency));
        rules.checkSeries(trial.series());
        rules.checkSteps(trial);
        rules.checkCanary(trial.canary());
        rules.checkTimekeeping(trial.timekeeping());
        rules.checkResources(trial.resources());
        rules.checkCosts(trial.costs());
        rules.checkVerification(trial.verification());
        rules.checkReplication(trial.replication());
        List<Stall> stalls = trial.stalls();
        if (stalls != null) {
            stalls.forEach(rules::checkStall);
        }
        trial.engineStats().forEach((name, value) -> rules.finite("engineStats." + name, value));
        trial.events().forEach(event -> rules.finite("event " + event.kind() + " atSeconds", event.atSeconds()));
    }

    /** @throws ResultsException naming the log, if it has no interval although something was measured */
    static void checkHistograms(Path log, Trial trial, String text) {
        if (trial.operations() > 0 && !text.startsWith(INTERVAL) && !text.contains("\n" + INTERVAL)) {
            throw new ResultsException(
                    log,
                    "is empty although its trial has " + trial.operations()
                            + " operations, expected one interval per second and operation class");
        }
    }

    private void checkOutcome(Trial trial) {
        if (trial.outcome() == Outcome.VALID) {
            if (trial.operations() == 0 || trial.throughputOpsPerSecond() == 0) {
                throw new ResultsException(
                        file, "is VALID without a single operation, expected VOID or FAILED with the reason");
            }
            if (!trial.reasons().isEmpty()) {
                throw new ResultsException(file, "is VALID and yet says why it is not: " + trial.reasons());
            }
        } else if (trial.reasons().isEmpty()) {
            throw new ResultsException(file, "is " + trial.outcome() + " without a reason, expected at least one");
        }
    }

    private void checkLatency(String name, Latency latency) {
        notNegative(name, ".count", latency.count());
        notNegative(name, ".meanMicros", latency.meanMicros());
        notNegative(name, ".maxMicros", latency.maxMicros());
        checkPercentiles(name, latency.percentileMicros());
        Map<String, Double> service = latency.servicePercentileMicros();
        if (service != null) {
            checkPercentiles(name + ".service", service);
        }
    }

    private void checkPercentiles(String name, Map<String, Double> percentileMicros) {
        percentileMicros.forEach((percentile, micros) -> {
            try {
                double value = Double.parseDouble(percentile);
                if (!(value >= 0 && value <= 100)) {
                    throw new ResultsException(file, name + " has percentile " + percentile + ", expected 0 to 100");
                }
            } catch (NumberFormatException e) {
                throw new ResultsException(file, name + " has percentile '" + percentile + "', expected a number", e);
            }
            if (!isFromZeroOn(micros)) {
                notNegative(name, ".p" + percentile, micros);
            }
        });
    }

    /** Seconds may be missing, if the clock stepped or nothing was sampled, but none comes twice. */
    private void checkSeries(List<SeriesPoint> series) {
        int last = -1;
        for (SeriesPoint point : series) {
            if (point.second() <= last) {
                throw new ResultsException(
                        file,
                        "series has second " + point.second() + " after second " + last
                                + ", expected them in ascending order from 0 on");
            }
            last = point.second();
            checkPoint(point);
        }
    }

    private void checkPoint(SeriesPoint point) {
        String name = "series[" + point.second() + "]";
        notNegative(name, ".operations", point.operations());
        notNegative(name, ".errors", point.errors());
        notNegative(name, ".p50Micros", point.p50Micros());
        notNegative(name, ".p99Micros", point.p99Micros());
        notNegative(name, ".maxMicros", point.maxMicros());
    }

    private void checkSteps(Trial trial) {
        trial.steps().forEach(step -> {
            String name = "step at " + step.rateOpsPerSecond() + " op/s";
            if (!(step.rateOpsPerSecond() > 0 && step.rateOpsPerSecond() < Double.POSITIVE_INFINITY)) {
                throw new ResultsException(file, name + " has no rate, expected a number above 0");
            }
            notNegative(name, " samples", step.samples());
            notNegative(name, " objectiveMicros", step.objectiveMicros());
            notNegative(name, " reachedOpsPerSecond", step.reachedOpsPerSecond());
            checkPercentiles(name, step.percentileMicros());
        });
        if (trial.outcome() == Outcome.VALID
                && !trial.steps().isEmpty()
                && trial.kneeOpsPerSecond().isEmpty()) {
            throw new ResultsException(
                    file, "is VALID although no step of its sweep held the objective, expected VOID with the reason");
        }
    }

    private void checkCanary(Canary canary) {
        notNegative("canary.cpuSpinMillis", canary.cpuSpinMillis());
        notNegative("canary.syncMicros", canary.syncMicros());
        notNegative("canary.memoryCopyMillis", canary.memoryCopyMillis());
        notNegative("canary.stealRatio", canary.stealRatio());
    }

    private void checkTimekeeping(Timekeeping timekeeping) {
        notNegative("timekeeping.lagP50Micros", timekeeping.lagP50Micros());
        notNegative("timekeeping.lagP99Micros", timekeeping.lagP99Micros());
        notNegative("timekeeping.lagP999Micros", timekeeping.lagP999Micros());
        notNegative("timekeeping.lagMaxMicros", timekeeping.lagMaxMicros());
        notNegative("timekeeping.stalls", timekeeping.stalls());
        notNegative("timekeeping.stalledMillis", timekeeping.stalledMillis());
        notNegative("timekeeping.longestStallMillis", timekeeping.longestStallMillis());
        notNegative("timekeeping.loadStalls", timekeeping.loadStalls());
        notNegative("timekeeping.loadStalledMillis", timekeeping.loadStalledMillis());
        ResponseParts parts = timekeeping.parts();
        if (parts != null) {
            checkPercentiles("timekeeping.parts.queueing", parts.queueingPercentileMicros());
            checkPercentiles("timekeeping.parts.withoutLag", parts.withoutLagPercentileMicros());
        }
    }

    private void checkStall(Stall stall) {
        finite("stall atSeconds", stall.atSeconds());
        notNegative("stall millis", stall.millis());
        stall.coincided().forEach(coincidence -> {
            if (!Stall.KINDS.contains(coincidence.kind())) {
                throw new ResultsException(
                        file, "a stall coincided with '" + coincidence.kind() + "', expected one of " + Stall.KINDS);
            }
            notNegative("stall " + coincidence.kind() + " millis", coincidence.millis());
        });
    }

    private void checkResources(Resources resources) {
        notNegative("resources.cpuNanosPerOperation", resources.cpuNanosPerOperation());
        notNegative("resources.allocatedBytesPerOperation", resources.allocatedBytesPerOperation());
        notNegative("resources.writtenBytes", resources.writtenBytes());
        notNegative("resources.diskBytes", resources.diskBytes());
        notNegative("resources.peakRssBytes", resources.peakRssBytes());
        notNegative("resources.pssBytes", resources.pssBytes());
        notNegative("resources.gcMillis", resources.gcMillis());
        notNegative("resources.gcCount", resources.gcCount());
        notNegative("resources.compilationMillis", resources.compilationMillis());
    }

    private void checkCosts(Costs costs) {
        costs.figures().forEach((name, value) -> {
            if (Cost.of(name).isEmpty()) {
                throw new ResultsException(
                        file,
                        "costs.figures has '" + name + "', expected one of "
                                + Arrays.stream(Cost.values()).map(Cost::id).toList());
            }
            notNegative("costs.figures.", name, value);
        });
        costs.cpuNanosPerOperation().forEach((role, nanos) -> {
            if (!Costs.ROLES.contains(role)) {
                throw new ResultsException(
                        file, "costs.cpuNanosPerOperation has '" + role + "', expected one of " + Costs.ROLES);
            }
            notNegative("costs.cpuNanosPerOperation.", role, nanos);
        });
        MemoryLimit limit = costs.memoryLimit();
        if (limit != null) {
            notNegative("costs.memoryLimit.limitBytes", limit.limitBytes());
            notNegative("costs.memoryLimit.peakBytes", limit.peakBytes());
        }
    }

    private void checkVerification(@Nullable Verification verification) {
        if (verification != null) {
            notNegative("verification.wantedCompression", verification.wantedCompression());
            notNegative("verification.storedCompression", verification.storedCompression());
        }
    }

    private void checkReplication(Replication replication) {
        replication.writeStages().forEach((stage, times) -> {
            if (!Replication.STAGES.contains(stage)) {
                throw new ResultsException(
                        file, "replication.writeStages has '" + stage + "', expected one of " + Replication.STAGES);
            }
            checkLatency("replication.writeStages." + stage, times);
        });
        replication
                .lagEntries()
                .forEach((member, entries) ->
                        entries.forEach(behind -> notNegative("replication.lagEntries.", member, behind)));
    }

    private void notNegative(String name, long value) {
        notNegative(name, "", value);
    }

    private void notNegative(String name, double value) {
        notNegative(name, "", value);
    }

    /** @param part of what has the name; put behind it only if the value is wrong, for there are a hundred in every trial */
    private void notNegative(String name, String part, long value) {
        if (value < 0) {
            throw new ResultsException(file, name + part + " is " + value + ", expected a number from 0 on");
        }
    }

    private void notNegative(String name, String part, double value) {
        if (!isFromZeroOn(value)) {
            throw new ResultsException(file, name + part + " is " + value + ", expected a number from 0 on");
        }
    }

    private static boolean isFromZeroOn(double value) {
        return value >= 0 && value < Double.POSITIVE_INFINITY;
    }

    private void finite(String name, double value) {
        if (!Double.isFinite(value)) {
            throw new ResultsException(file, name + " is " + value + ", expected a number");
        }
    }
}

package io.quorumark.workload.model.session;

import io.quorumark.workload.Demand;
import io.quorumark.workload.Generator;
import io.quorumark.workload.ModelSection;
import io.quorumark.workload.OperationType;
import io.quorumark.workload.WorkloadModel;
import io.quorumark.workload.WorkloadSpec;
import io.quorumark.workload.spec.InvalidValue;
import io.quorumark.workload.value.ValueSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sessions with a token, found by token, by user and by expiry: three entries that live and die in one atomic batch. */
public final class SessionModel implements WorkloadModel {
    @Override
    public String id() {
        return "session-store";
    }

    @Override
    public List<String> builtInWorkloads() {
        return List.of("session-store");
    }

    @Override
    public List<OperationType> operations() {
        return List.of(
                OperationType.of("create", Demand.BATCH),
                OperationType.of("validate", Demand.READ),
                OperationType.of("touch", Demand.COMPARE_AND_SET),
                OperationType.of("delete-user", Demand.BATCH));
    }

    @Override
    public Set<Demand> loadDemands() {
        return Set.of(Demand.BATCH);
    }

    @Override
    public Generator openGenerator(WorkloadSpec spec, long seed, long records) {
        return new SessionGenerator(spec, seed, records);
    }

    @Override
    public void check(Map<String, Double> shares, ValueSpec values, @Nullable ModelSection section) {
        values.checkShortest(SessionGenerator.MIN_VALUE_BYTES, "version, user and expiry");
        double deletes = shares.getOrDefault("delete-user", 0.0);
        double creates = shares.getOrDefault("create", 0.0);
        if (deletes > 0 && creates < 2 * deletes) {
            throw new InvalidValue(
                    "operations.create",
                    creates,
                    "at least twice delete-user, which is " + deletes + ": users have more than one session each");
        }
    }
}

package io.quorumark.workload.model.cache;

import io.quorumark.workload.Demand;
import io.quorumark.workload.Generator;
import io.quorumark.workload.ModelSection;
import io.quorumark.workload.OperationType;
import io.quorumark.workload.WorkloadModel;
import io.quorumark.workload.WorkloadSpec;
import io.quorumark.workload.key.KeyUniverse;
import io.quorumark.workload.value.ValueSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A cache's keys, of which a part is present at any time. */
public final class CacheModel implements WorkloadModel {
    @Override
    public String id() {
        return "cache";
    }

    @Override
    public List<String> builtInWorkloads() {
        return List.of("cache-mix");
    }

    @Override
    public List<OperationType> operations() {
        return List.of(
                OperationType.of("get", Demand.READ),
                OperationType.of("set", Demand.INSERT, Demand.UPDATE),
                OperationType.of("del", Demand.DELETE),
                OperationType.of("exists", Demand.EXISTS));
    }

    @Override
    public Set<Demand> loadDemands() {
        return Set.of(Demand.INSERT);
    }

    @Override
    public Generator openGenerator(WorkloadSpec spec, long seed, long records) {
        return new CacheGenerator(spec, seed, records);
    }

    @Override
    public void check(Map<String, Double> shares, ValueSpec values, @Nullable ModelSection section) {
        KeyUniverse.check("set", "del", shares);
    }
}

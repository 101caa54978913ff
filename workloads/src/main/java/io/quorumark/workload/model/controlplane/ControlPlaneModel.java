package io.quorumark.workload.model.controlplane;

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

/** Configuration under prefixes, listed by prefix and changed by compare-and-set. */
public final class ControlPlaneModel implements WorkloadModel {
    @Override
    public String id() {
        return "control-plane";
    }

    @Override
    public List<String> builtInWorkloads() {
        return List.of("control-plane");
    }

    @Override
    public List<OperationType> operations() {
        return List.of(
                OperationType.of("get", Demand.READ),
                OperationType.of("list", Demand.SCAN),
                OperationType.of("cas", Demand.COMPARE_AND_SET),
                OperationType.of("delete", Demand.DELETE));
    }

    @Override
    public Set<Demand> loadDemands() {
        return Set.of(Demand.INSERT);
    }

    @Override
    public long maxRecords() {
        return ControlPlaneGenerator.MAX_RECORDS;
    }

    @Override
    public String sectionKey() {
        return "controlPlane";
    }

    @Override
    public Class<? extends ModelSection> sectionType() {
        return ControlPlaneSpec.class;
    }

    @Override
    public ModelSection defaultSection() {
        return ControlPlaneSpec.DEFAULT;
    }

    @Override
    public Generator openGenerator(WorkloadSpec spec, long seed, long records) {
        return new ControlPlaneGenerator(spec, spec.section(ControlPlaneSpec.class), seed, records);
    }

    @Override
    public void check(Map<String, Double> shares, ValueSpec values, @Nullable ModelSection section) {
        KeyUniverse.check("cas", "delete", shares);
    }
}

package io.quorumark.workload.model.ycsb;

import io.quorumark.workload.Demand;
import io.quorumark.workload.Generator;
import io.quorumark.workload.OperationType;
import io.quorumark.workload.WorkloadModel;
import io.quorumark.workload.WorkloadSpec;
import java.util.List;
import java.util.Set;

/** The core workload of the Yahoo! Cloud Serving Benchmark: independent records under hashed keys. */
public class YcsbModel implements WorkloadModel {
    @Override
    public String id() {
        return "ycsb";
    }

    @Override
    public List<String> builtInWorkloads() {
        return List.of("ycsb-a", "ycsb-b", "ycsb-c", "ycsb-d", "ycsb-e", "ycsb-f");
    }

    @Override
    public List<OperationType> operations() {
        return List.of(
                OperationType.of("read", Demand.READ),
                OperationType.of("update", Demand.UPDATE),
                OperationType.of("insert", Demand.INSERT),
                OperationType.of("scan", Demand.SCAN),
                OperationType.of("rmw", Demand.READ_MODIFY_WRITE));
    }

    @Override
    public Set<Demand> loadDemands() {
        return Set.of(Demand.INSERT);
    }

    @Override
    public String scanOfDrawnLength() {
        return "scan";
    }

    @Override
    public Generator openGenerator(WorkloadSpec spec, long seed, long records) {
        return new YcsbGenerator(spec, seed, records);
    }
}

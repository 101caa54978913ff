package io.quorumark.workload.model.ledger;

import io.quorumark.workload.Demand;
import io.quorumark.workload.Generator;
import io.quorumark.workload.ModelSection;
import io.quorumark.workload.OperationType;
import io.quorumark.workload.WorkloadModel;
import io.quorumark.workload.WorkloadSpec;
import java.util.List;
import java.util.Set;

/** A chain of blocks, and the state that their transactions change. */
public final class LedgerModel implements WorkloadModel {
    @Override
    public String id() {
        return "ledger";
    }

    @Override
    public List<String> builtInWorkloads() {
        return List.of("ledger");
    }

    @Override
    public List<OperationType> operations() {
        return List.of(
                OperationType.of("append", Demand.BATCH),
                OperationType.of("read-state", Demand.READ),
                OperationType.of("list-state", Demand.SCAN),
                OperationType.of("read-block", Demand.READ),
                OperationType.of("scan-blocks", Demand.SCAN));
    }

    @Override
    public Set<Demand> loadDemands() {
        return Set.of(Demand.INSERT, Demand.BATCH);
    }

    @Override
    public String scanOfDrawnLength() {
        return "scan-blocks";
    }

    @Override
    public String sectionKey() {
        return "ledger";
    }

    @Override
    public Class<? extends ModelSection> sectionType() {
        return LedgerSpec.class;
    }

    @Override
    public ModelSection defaultSection() {
        return LedgerSpec.DEFAULT;
    }

    @Override
    public Generator openGenerator(WorkloadSpec spec, long seed, long records) {
        return new LedgerGenerator(spec, spec.section(LedgerSpec.class), seed, records);
    }
}

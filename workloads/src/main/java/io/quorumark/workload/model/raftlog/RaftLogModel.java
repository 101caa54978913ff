package io.quorumark.workload.model.raftlog;

import io.quorumark.workload.Demand;
import io.quorumark.workload.Generator;
import io.quorumark.workload.ModelSection;
import io.quorumark.workload.OperationType;
import io.quorumark.workload.WorkloadModel;
import io.quorumark.workload.WorkloadSpec;
import io.quorumark.workload.value.ValueSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The log of a Raft member: it grows at its end, is pruned at its beginning, and now and then loses its last entries to a new leader. */
public final class RaftLogModel implements WorkloadModel {
    @Override
    public String id() {
        return "raft-log";
    }

    @Override
    public List<String> builtInWorkloads() {
        return List.of("raft-log");
    }

    @Override
    public List<OperationType> operations() {
        return List.of(
                OperationType.of("append", Demand.BATCH),
                OperationType.of("read", Demand.SCAN),
                OperationType.of("prune", Demand.DELETE_RANGE),
                OperationType.of("cut", Demand.DELETE_RANGE));
    }

    @Override
    public Set<Demand> loadDemands() {
        return Set.of(Demand.BATCH);
    }

    @Override
    public String scanOfDrawnLength() {
        return "read";
    }

    @Override
    public String sectionKey() {
        return "raftLog";
    }

    @Override
    public Class<? extends ModelSection> sectionType() {
        return RaftLogSpec.class;
    }

    @Override
    public ModelSection defaultSection() {
        return RaftLogSpec.DEFAULT;
    }

    @Override
    public Generator openGenerator(WorkloadSpec spec, long seed, long records) {
        return new RaftLogGenerator(spec, spec.section(RaftLogSpec.class), seed, records);
    }

    @Override
    public void check(Map<String, Double> shares, ValueSpec values, @Nullable ModelSection section) {
        values.checkShortest(RaftLogGenerator.MIN_VALUE_BYTES, "version and term");
    }
}

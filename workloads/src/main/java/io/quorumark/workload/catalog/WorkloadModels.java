package io.quorumark.workload.catalog;

import io.quorumark.workload.WorkloadModel;
import io.quorumark.workload.model.cache.CacheModel;
import io.quorumark.workload.model.controlplane.ControlPlaneModel;
import io.quorumark.workload.model.ledger.LedgerModel;
import io.quorumark.workload.model.raftlog.RaftLogModel;
import io.quorumark.workload.model.session.SessionModel;
import io.quorumark.workload.model.trace.TraceModel;
import io.quorumark.workload.model.ycsb.LifecycleModel;
import io.quorumark.workload.model.ycsb.YcsbModel;
import java.util.List;
import java.util.Optional;

/** Every model there is: a new one is a line here. */
public final class WorkloadModels {
    private static final List<WorkloadModel> ALL = List.of(
            new YcsbModel(),
            new SessionModel(),
            new CacheModel(),
            new ControlPlaneModel(),
            new LedgerModel(),
            new RaftLogModel(),
            new LifecycleModel(),
            new TraceModel());

    private WorkloadModels() {}

    /** All models, in the order to list them. */
    public static List<WorkloadModel> all() {
        return ALL;
    }

    /** The model that files call {@code id}. */
    public static Optional<WorkloadModel> find(String id) {
        return ALL.stream().filter(model -> model.id().equals(id)).findFirst();
    }
}

package io.quorumark.workload.model.ycsb;

import java.util.List;

/** The records of YCSB, and then what happens to an engine besides operations: started, killed, copied, compacted. */
public final class LifecycleModel extends YcsbModel {
    @Override
    public String id() {
        return "lifecycle";
    }

    @Override
    public List<String> builtInWorkloads() {
        return List.of("lifecycle");
    }

    @Override
    public boolean timesLifecycle() {
        return true;
    }
}

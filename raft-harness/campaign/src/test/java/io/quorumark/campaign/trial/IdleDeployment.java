package io.quorumark.campaign.trial;

import io.quorumark.workload.Target;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs nothing; tests say what is to be seen. */
class IdleDeployment implements Deployment {
    @Override
    public long leadershipEpoch() {
        return 0;
    }

    @Override
    public Target target() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void settle() {}

    @Override
    public List<InstanceStats> instances() {
        return List.of();
    }

    @Override
    public Map<String, ReplicaContent> contents() {
        return Map.of();
    }

    @Override
    public byte @Nullable [] value(String replica, byte[] key) {
        return null;
    }

    @Override
    public Map<String, String> effectiveOptions() {
        return Map.of();
    }

    @Override
    public Map<String, Double> engineStats() {
        return Map.of();
    }

    @Override
    public List<String> failures() {
        return List.of();
    }

    @Override
    public void close() {}
}

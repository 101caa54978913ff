package io.quorumark.campaign.trial;

import io.quorumark.campaign.support.HarnessException;
import io.quorumark.raft.message.JvmUse;
import io.quorumark.raft.message.ProcessPlace;
import io.quorumark.raft.timing.Activity;
import io.quorumark.raft.timing.StageTimes;
import io.quorumark.workload.Target;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is measured, up and running: a bare engine, a state machine, or a Raft group. Owned by one trial; its methods are called while
 * nothing is outstanding, save those that say otherwise.
 */
interface Deployment extends AutoCloseable {
    /** Where operations go. Owned by this deployment. */
    Target target();

    /** Changes whenever leadership did; the same number before and after a window means that it had one leader. Callable at any time. */
    long leadershipEpoch();

    /** By name of the replica, the last log entry whose effect is in its state; empty if nothing is replicated. Callable at any time. */
    default Map<String, Long> appliedIndexes() {
        return Map.of();
    }

    /** Where the time went of writes since the last call; nothing if nothing is replicated. Callable at any time. */
    default StageTimes takeWriteStages() {
        return StageTimes.none();
    }

    /** What members and engines did beside writes since the last call; nothing if none are in this process. Callable at any time. */
    default List<Activity> takeActivities() {
        return List.of();
    }

    /** Waits until every replica has everything that was acknowledged, then makes it all survive power loss: what was still owed. */
    void settle() throws InterruptedException;

    /** By name of the replica, its content by an ordered scan. */
    Map<String, ReplicaContent> contents();

    /**
     * What one replica holds under a key; null if it holds nothing.
     *
     * @param replica a name of {@link #contents}
     */
    byte @Nullable [] value(String replica, byte[] key);

    /** The engine's settings, read back. */
    Map<String, String> effectiveOptions();

    /** What the engine says of itself, name with unit to value. */
    Map<String, Double> engineStats();

    /** What every engine instance says of itself, on all members. Callable at any time. */
    List<InstanceStats> instances();

    /** Whether everything that is measured runs in this process. */
    default boolean isInThisProcess() {
        return true;
    }

    /** Where members run, if all of them run on this machine and not in this process; empty if not. */
    default List<ProcessPlace> memberProcesses() {
        return List.of();
    }

    /** What the JVMs of members in other processes, one each, have used so far, on whatever machine. Callable at any time. */
    default JvmUse memberJvms() {
        return JvmUse.NONE;
    }

    /** Failures that no operation has reported, in sentences. Callable at any time. */
    List<String> failures();

    /**
     * Times what happens to an engine or a group besides operations. The last call before closing: nothing else is to be asked afterwards.
     *
     * @throws HarnessException this kind of deployment has no such phases; the campaign has refused it before
     */
    default LifecycleTimes runLifecycle() throws IOException, InterruptedException {
        throw new HarnessException(
                "the workload lifecycle was given a target that cannot run it, expected an engine or a group of this process");
    }

    @Override
    void close() throws IOException;

    /**
     * @param owesDurability whether acknowledged writes rest on this instance's commits: a group's logs, or a bare engine
     * @param values by the names of {@link io.quorumark.engine.EngineStats}
     */
    record InstanceStats(boolean owesDurability, Map<String, Double> values) {}

    /** @param sha256 of all records in key order */
    record ReplicaContent(String sha256, long records) {}
}

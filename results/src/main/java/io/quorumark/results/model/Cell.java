package io.quorumark.results.model;

import java.util.List;
import java.util.Map;

/**
 * One (engine, workload, cluster, load) combination.
 *
 * @param id a hash of everything below that can change the outcome: twelve hexadecimal digits
 * @param engine the provider's id of the engine under test, such as {@code lmdb}; {@code null} for the harness ceiling
 * @param engineName as its makers write it
 * @param engineVersion of library and engine
 * @param workload such as {@code ycsb-a}
 * @param target {@code cluster}, {@code state-machine} or {@code engine}
 * @param cluster how it is replicated
 * @param load how it is driven
 * @param memoryBudgetBytes per engine instance
 * @param engineOptions native options of the tuned track; empty for the default track
 * @param caveats sentences that stand beside every number of this cell
 */
public record Cell(
        String id,
        String engine,
        String engineName,
        String engineVersion,
        String workload,
        String target,
        Cluster cluster,
        Load load,
        long memoryBudgetBytes,
        Map<String, String> engineOptions,
        List<String> caveats) {

    /** The id of the engine that stores nothing. */
    public static final String NULL_ENGINE = "null";

    public Cell {
        engineOptions = NumberedKeys.copyOf(engineOptions);
        caveats = List.copyOf(caveats);
    }

    /** Whether this cell measures the harness, not an engine. */
    public boolean isHarnessCeiling() {
        return engine.equals(NULL_ENGINE);
    }

    /**
     * @param members how many Raft members; 1 for targets without Raft
     * @param transport {@code in-jvm} or {@code tcp}
     * @param logEngine the engine that holds log and hard state
     * @param stateEngine the engine that holds the state machine
     * @param logDurability {@code NONE}, {@code PROCESS_CRASH} or {@code POWER_LOSS}: what an acknowledged write survives
     * @param stateDurability of the state engine's own commits
     * @param readConsistency {@code linearizable}, {@code lease} or {@code local}
     */
    public record Cluster(
            int members,
            String transport,
            String logEngine,
            String stateEngine,
            String logDurability,
            String stateDurability,
            String readConsistency) {}

    /**
     * @param kind {@code closed} or {@code open}
     * @param clients outstanding operations at the most
     * @param rateOpsPerSecond the intended rate of an open loop; 0 for a closed one
     * @param arrivals how intended sends are spaced in an open loop
     * @param records how many records are loaded before the clock starts
     * @param warmUpSeconds length of the warm-up, at the most where {@code steadySeconds} ends it
     * @param steadySeconds after so many steady seconds in a row the warm-up ends; 0 where it lasts its whole length
     * @param measureSeconds length of the measured window, or 0 where {@code measureOperations} bounds it
     * @param measureOperations how many operations are measured, or 0 where time bounds it
     */
    public record Load(
            String kind,
            int clients,
            double rateOpsPerSecond,
            Arrivals arrivals,
            long records,
            double warmUpSeconds,
            int steadySeconds,
            double measureSeconds,
            long measureOperations) {}

    /**
     * All keep the mean rate.
     *
     * @param kind {@code constant}, {@code poisson} or {@code bursts}
     * @param periodSeconds from one burst to the next; 0 where there are none
     * @param duty the part of a period that its burst takes; 0 where there are none
     */
    public record Arrivals(String kind, double periodSeconds, double duty) {
        /** At equal intervals; also of a closed loop, which has no intended sends. */
        public static Arrivals constant() {
            return new Arrivals("constant", 0, 0);
        }
    }
}

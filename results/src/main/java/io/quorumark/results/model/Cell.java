package io.quorumark.results.model;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One (engine, workload, cluster, load) combination.
 *
 * @param id a hash of everything below that can change the outcome: twelve hexadecimal digits
 * @param engine the provider's id of the engine under test, such as {@code lmdb}; {@code null} for the harness ceiling
 * @param engineName as its makers write it
 * @param engineVersion of library and engine
 * @param workload such as {@code ycsb-a}
 * @param workloadIdentity SHA-256, in hexadecimal, over all that the workload asks for: two of the same name need not be the same
 * @param target what its operations reach
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
        String workloadIdentity,
        TargetKind target,
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

    /** The same, driven otherwise. */
    public Cell withLoad(Load other) {
        return new Cell(
                id,
                engine,
                engineName,
                engineVersion,
                workload,
                workloadIdentity,
                target,
                cluster,
                other,
                memoryBudgetBytes,
                engineOptions,
                caveats);
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
     * @param kind {@link #CLOSED}, {@link #OPEN}, {@link #SWEEP} or {@link #REPLAY}
     * @param clients outstanding operations at the most
     * @param rateOpsPerSecond the intended rate of an open loop; 0 for all others
     * @param arrivals how intended sends are spaced in an open loop and in the steps of a sweep
     * @param sweep how a sweep looks for the knee; null for all others
     * @param speed of a replay, as a multiple of the recorded one; 0 for all others
     * @param pacing how the load's thread waits until an operation is due: {@link #SLEEP}, {@link #SPIN} or {@link #HYBRID}; the first
     * for a closed loop, which has nothing to wait for
     * @param slowdown the share of the time in which the trial is stopped on purpose, in a known-slowdown arm; 0 for all others
     * @param records how many records are loaded before the clock starts
     * @param warmUpSeconds length of the warm-up, at the most if {@code steadySeconds} ends it
     * @param steadySeconds after so many steady seconds in a row the warm-up ends; 0 if it lasts its whole length
     * @param measureSeconds length of the measured window, or 0 if {@code measureOperations} bounds it
     * @param measureOperations how many operations are measured, or 0 if time bounds it
     * @param paced a window at a set rate that follows a closed loop's; null if there is none, and in older results
     * @param slowdownStopMillis how long the trial stands still at a time, in a known-slowdown arm that is stopped seldom; null if it is
     *     stopped so often that rates do not show it, and for all others
     */
    public record Load(
            String kind,
            int clients,
            double rateOpsPerSecond,
            Arrivals arrivals,
            @JsonSetter(nulls = Nulls.SET) @Nullable Sweep sweep,
            double speed,
            String pacing,
            double slowdown,
            long records,
            double warmUpSeconds,
            int steadySeconds,
            double measureSeconds,
            long measureOperations,
            @AddedLater @Nullable Paced paced,
            @AddedLater @Nullable Double slowdownStopMillis) {

        /** As soon as an operation completes, the next one is sent. */
        public static final String CLOSED = "closed";

        /** Operations are due at a rate. */
        public static final String OPEN = "open";

        /** Open loops at one rate after another, to the highest that holds an objective. */
        public static final String SWEEP = "sweep";

        /** Operations are due when a trace says so. */
        public static final String REPLAY = "replay";

        /** Leaves its processor to others, and is late by what it takes to wake up. */
        public static final String SLEEP = "sleep";

        /** Keeps a processor for itself and watches the clock. */
        public static final String SPIN = "spin";

        /** Sleeps until shortly before the time and watches the clock for the rest, for a bounded share of a processor. */
        public static final String HYBRID = "hybrid";

        /** Whether the engine sets the pace. */
        public boolean isClosed() {
            return kind.equals(CLOSED);
        }

        /** Whether this load looks for a knee. */
        public boolean isSweep() {
            return kind.equals(SWEEP);
        }

        /** Whether the pace is given, and the same whichever engine serves it. */
        public boolean isPaced() {
            return kind.equals(OPEN) || kind.equals(REPLAY);
        }

        /** Whether this is the load of a known-slowdown arm. */
        public boolean isSlowed() {
            return slowdown > 0;
        }

        /**
         * The same, stopped for a share of the time.
         *
         * @param stopMillis how long at a time; null for as short and as often as can be
         */
        public Load slowedBy(double share, @Nullable Double stopMillis) {
            return new Load(
                    kind,
                    clients,
                    rateOpsPerSecond,
                    arrivals,
                    sweep,
                    speed,
                    pacing,
                    share,
                    records,
                    warmUpSeconds,
                    steadySeconds,
                    measureSeconds,
                    measureOperations,
                    paced,
                    stopMillis);
        }

        /** A closed loop, to be completed. */
        public static Builder closed(int clients) {
            return new Builder(CLOSED, clients);
        }

        /** An open loop, to be completed. */
        public static Builder open(int clients, double rateOpsPerSecond) {
            return new Builder(OPEN, clients).rateOpsPerSecond(rateOpsPerSecond);
        }

        /** A sweep, to be completed. */
        public static Builder sweep(int clients, Sweep sweep) {
            return new Builder(SWEEP, clients).sweep(sweep);
        }

        /** A replay at a multiple of the recorded speed, to be completed. */
        public static Builder replay(int clients, double speed) {
            return new Builder(REPLAY, clients).speed(speed);
        }

        /** Names what a load is made of; what is not named is as in a closed loop that loads and measures nothing. */
        public static final class Builder {
            private static final double NOT_SLOWED = 0;
            private static final @Nullable Double NO_STOPS = null;
            private static final int WHOLE_WARM_UP = 0;

            private final String kind;
            private final int clients;
            private double rateOpsPerSecond;
            private Arrivals arrivals = Arrivals.constant();
            private @Nullable Sweep sweep;
            private double speed;
            private String pacing = SLEEP;
            private long records;
            private double warmUpSeconds;
            private double measureSeconds;
            private long measureOperations;
            private @Nullable Paced paced;

            Builder(String kind, int clients) {
                this.kind = kind;
                this.clients = clients;
            }

            Builder rateOpsPerSecond(double value) {
                rateOpsPerSecond = value;
                return this;
            }

            Builder sweep(Sweep value) {
                sweep = value;
                return this;
            }

            Builder speed(double value) {
                speed = value;
                return this;
            }

            public Builder arrivals(Arrivals value) {
                arrivals = value;
                return this;
            }

            /** {@link Load#SLEEP}, {@link Load#SPIN} or {@link Load#HYBRID}. */
            public Builder pacing(String value) {
                pacing = value;
                return this;
            }

            public Builder records(long value) {
                records = value;
                return this;
            }

            public Builder warmUpSeconds(double value) {
                warmUpSeconds = value;
                return this;
            }

            public Builder measureSeconds(double value) {
                measureSeconds = value;
                return this;
            }

            public Builder measureOperations(long value) {
                measureOperations = value;
                return this;
            }

            public Builder paced(Paced value) {
                paced = value;
                return this;
            }

            public Load build() {
                return new Load(
                        kind,
                        clients,
                        rateOpsPerSecond,
                        arrivals,
                        sweep,
                        speed,
                        pacing,
                        NOT_SLOWED,
                        records,
                        warmUpSeconds,
                        WHOLE_WARM_UP,
                        measureSeconds,
                        measureOperations,
                        paced,
                        NO_STOPS);
            }
        }
    }

    /**
     * An open loop that follows a closed one in the same trial, once what that left to do is done.
     *
     * @param rateOpsPerSecond at which operations are due, at equal intervals
     * @param measureSeconds how long it is measured
     */
    public record Paced(double rateOpsPerSecond, double measureSeconds) {}

    /**
     * How the highest rate is found that holds an objective: upwards by a factor until a step fails, then between the last rate that held
     * and the first that failed.
     *
     * @param objective such as {@code p99 <= 10 ms}
     * @param firstRateOpsPerSecond of the first step; 0 if a closed loop shows the rate to begin with
     * @param factor from step to step on the way up
     * @param precision the search ends once the rate that failed is at most 1 + precision times the one that held
     * @param maxSteps it ends in any case
     * @param maxSeconds so does it then, warm-ups included; null in older results, which had no such limit
     */
    public record Sweep(
            String objective,
            double firstRateOpsPerSecond,
            double factor,
            double precision,
            int maxSteps,
            @AddedLater @Nullable Double maxSeconds) {

        /** Without a limit of time. */
        public Sweep(String objective, double firstRateOpsPerSecond, double factor, double precision, int maxSteps) {
            this(objective, firstRateOpsPerSecond, factor, precision, maxSteps, null);
        }
    }

    /**
     * All keep the mean rate.
     *
     * @param kind {@code constant}, {@code poisson} or {@code bursts}
     * @param periodSeconds from one burst to the next; 0 if there are none
     * @param duty the part of a period that its burst takes; 0 if there are none
     */
    public record Arrivals(String kind, double periodSeconds, double duty) {
        public static final String CONSTANT = "constant";
        public static final String POISSON = "poisson";
        public static final String BURSTS = "bursts";

        /** At equal intervals; also of a closed loop, which has no intended sends. */
        public static Arrivals constant() {
            return new Arrivals(CONSTANT, 0, 0);
        }

        /** With exponential gaps, as of many users who do not know of each other. */
        public static Arrivals poisson() {
            return new Arrivals(POISSON, 0, 0);
        }

        /** All of a period's operations in its first part. */
        public static Arrivals bursts(double periodSeconds, double duty) {
            return new Arrivals(BURSTS, periodSeconds, duty);
        }
    }
}

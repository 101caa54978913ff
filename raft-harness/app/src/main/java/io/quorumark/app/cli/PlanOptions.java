package io.quorumark.app.cli;

import io.quorumark.campaign.engine.Engines;
import io.quorumark.campaign.plan.Plan;
import io.quorumark.campaign.plan.Profiles;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.TargetKind;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The keys of a plan that are worth an option; they win over the plan's file. */
final class PlanOptions {
    @Option(
            names = "--engines",
            paramLabel = "ID",
            split = ",",
            description = "Engines to compare, or all; the first is the reference.")
    private @Nullable List<String> engines;

    @Mixin
    private final EnginePathOption enginePath = new EnginePathOption();

    @Option(
            names = "--workloads",
            paramLabel = "NAME",
            split = ",",
            description = "Workloads, or paths of workload files.")
    private @Nullable List<String> workloads;

    @Option(names = "--records", paramLabel = "N", description = "Records loaded before the clock starts.")
    private @Nullable Long records;

    @Option(
            names = "--durability",
            paramLabel = "LEVEL",
            description = "What an acknowledged write survives: NONE, PROCESS_CRASH or POWER_LOSS.")
    private @Nullable String durability;

    @Option(names = "--transport", paramLabel = "KIND", description = "in-jvm or tcp.")
    private @Nullable String transport;

    @Option(names = "--target", paramLabel = "KIND", description = "cluster, state-machine or engine.")
    private @Nullable TargetKind target;

    @Option(names = "--reads", paramLabel = "KIND", description = "linearizable, lease or local.")
    private @Nullable String reads;

    @Option(names = "--clients", paramLabel = "N", description = "Outstanding operations.")
    private @Nullable Integer clients;

    @Option(names = "--rate", paramLabel = "OPS", description = "Open loop at this rate, in operations per second.")
    private @Nullable Double rate;

    @Option(names = "--warm-up", paramLabel = "SECONDS", description = "Before the measured window.")
    private @Nullable Double warmUpSeconds;

    @Option(names = "--measure", paramLabel = "SECONDS", description = "Length of the measured window.")
    private @Nullable Double measureSeconds;

    @Option(names = "--blocks", paramLabel = "N", description = "Trials of each cell.")
    private @Nullable Integer blocks;

    @Option(names = "--seed", paramLabel = "N", description = "Of block order, operations and values.")
    private @Nullable Long seed;

    /**
     * What was given, as a plan with nothing else in it.
     *
     * @throws IllegalArgumentException a value is out of range
     */
    Plan asPlan() {
        return Plan.EMPTY
                .with("seed", seed)
                .with("engines", engines)
                .with("enginePath", enginePath.jars())
                .with("workloads", workloads)
                .with("records", records)
                .with("cluster.target", target)
                .with("cluster.transport", transport)
                .with("cluster.durability", durability)
                .with("cluster.reads", reads)
                .with("load.kind", rate == null ? null : Cell.Load.OPEN)
                .with("load.clients", clients)
                .with("load.rateOpsPerSecond", rate)
                .with("load.warmUpSeconds", warmUpSeconds)
                .with("load.measureSeconds", measureSeconds)
                .with("trials.blocks", blocks)
                .with("trials.maxBlocks", blocks);
    }

    /**
     * One sentence for each engine that {@code --engines all} has left out.
     *
     * @param there of the completed plan
     */
    List<String> leftOut(Engines there) {
        return Profiles.ALL_ENGINES.equals(engines) ? there.leftOut() : List.of();
    }

    boolean areGiven() {
        return !asPlan().equals(Plan.EMPTY);
    }
}

package io.quorumark.campaign.drill;

import io.quorumark.campaign.Folders;
import io.quorumark.campaign.drill.Drill.Outcome;
import io.quorumark.engine.EngineProvider;
import io.quorumark.raft.ClusterConfig;
import io.quorumark.raft.StoreSpec;
import io.quorumark.results.drill.DrillFinding;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Holds every drill with groups of one engine after the other, as many rounds as asked for: a round of each engine before the next round,
 * so that a machine that drifts drifts for all.
 */
public final class DrillRun {
    private static final Duration OPERATION_TIMEOUT = Duration.ofSeconds(30);

    private final Path folder;
    private final Duration electionTimeout;
    private final int rounds;
    private final List<Drill> drills;

    /**
     * @param folder empty, on the device that is meant
     * @param electionTimeout of the groups
     * @param churn how long members come and go in the drill of that name
     */
    public DrillRun(Path folder, Duration electionTimeout, int rounds, Duration churn) {
        this.folder = folder;
        this.electionTimeout = electionTimeout;
        this.rounds = rounds;
        this.drills = Drill.all(churn);
    }

    /**
     * What every member of a group stands on.
     *
     * @param log under its log
     * @param state under its state: the engine that findings are about
     */
    public record Stores(StoreSpec log, StoreSpec state) {
        /** The one under test: that of the state. */
        public EngineProvider engine() {
            return state.provider();
        }
    }

    /** How many drills a run holds. */
    public int count(int engines) {
        return engines * rounds * drills.size();
    }

    /**
     * @param began told which drill begins: engine and drill
     * @throws IOException a folder cannot be removed
     */
    public List<DrillFinding> hold(List<Stores> engines, Consumer<String> began)
            throws IOException, InterruptedException {
        Map<Stores, Map<Drill, List<Outcome>>> outcomes = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (Stores stores : engines) {
                Map<Drill, List<Outcome>> ofEngine = outcomes.computeIfAbsent(stores, absent -> new LinkedHashMap<>());
                Path own = folder.resolve(stores.engine().id() + "-" + round);
                try (DrillGroup group = new DrillGroup(config(own, stores))) {
                    for (Drill drill : drills) {
                        began.accept(stores.engine().id() + " " + drill.id());
                        ofEngine.computeIfAbsent(drill, absent -> new ArrayList<>())
                                .add(drill.body().hold(group));
                    }
                }
                Folders.remove(own);
            }
        }
        List<DrillFinding> findings = new ArrayList<>();
        outcomes.forEach(
                (stores, ofEngine) -> ofEngine.forEach((drill, held) -> findings.add(finding(stores, drill, held))));
        return findings;
    }

    private ClusterConfig config(Path own, Stores stores) {
        return ClusterConfig.of(own, stores.log(), stores.state())
                .withElectionTimeout(electionTimeout)
                .withOperationTimeout(OPERATION_TIMEOUT);
    }

    private DrillFinding finding(Stores stores, Drill drill, List<Outcome> held) {
        boolean beside = held.stream().anyMatch(outcome -> outcome.failedWrites() >= 0);
        return new DrillFinding(
                stores.engine().id(),
                stores.engine().facts().libraryVersion(),
                stores.log().provider().id(),
                stores.log().durability().code(),
                ClusterConfig.DEFAULT_MEMBERS,
                electionTimeout.toMillis(),
                drill.id(),
                drill.question(),
                held.stream().map(Outcome::millis).toList(),
                beside ? held.stream().mapToLong(Outcome::failedWrites).sum() : DrillFinding.NO_WRITES,
                held.stream()
                        .map(Outcome::problem)
                        .filter(problem -> !problem.isEmpty())
                        .distinct()
                        .toList());
    }
}

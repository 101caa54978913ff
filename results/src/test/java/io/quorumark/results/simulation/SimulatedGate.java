package io.quorumark.results.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.gate.Gate;
import io.quorumark.results.gate.GateResult;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.Trial;
import io.quorumark.results.model.Trial.Canary;
import io.quorumark.results.sample.SampleCampaign;
import io.quorumark.results.sample.SampleShape;
import io.quorumark.results.simulation.CampaignSimulation.Order;
import io.quorumark.results.store.CampaignFolder;
import io.quorumark.results.store.Edits;
import io.quorumark.results.store.StoredCampaign;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The gate's own rule on two simulated sessions of the same code. Everything but throughput comes from a sample campaign of which the cells
 * of one workload are kept.
 */
final class SimulatedGate {
    private static final String WORKLOAD = "ycsb-a";

    private final Campaign campaign;
    private final List<Trial> templates = new ArrayList<>();

    SimulatedGate(int blocks) {
        this(blocks, Integer.MAX_VALUE);
    }

    /** @param mostCells to keep */
    SimulatedGate(int blocks, int mostCells) {
        SampleCampaign sample = SampleCampaign.of(SampleShape.ADR.withSize(blocks, 1));
        Set<String> kept = new HashSet<>();
        for (Cell cell : sample.campaign().cells()) {
            if (kept.size() < mostCells && cell.workload().equals(WORKLOAD) && !cell.isHarnessCeiling()) {
                kept.add(cell.id());
                templates.add(sample.trials().stream()
                        .map(SampleCampaign.DrawnTrial::trial)
                        .filter(trial -> trial.cellId().equals(cell.id()) && trial.outcome() == Trial.Outcome.VALID)
                        .findFirst()
                        .orElseThrow());
            }
        }
        campaign = Edits.of(sample.campaign(), Campaign.class, tree -> {
            removeOthers(tree.withArray("/cells").elements(), "id", kept);
            tree.withArray("/blockOrder").forEach(block -> removeOthers(block.elements(), "", kept));
        });
    }

    private static void removeOthers(Iterator<JsonNode> nodes, String key, Set<String> kept) {
        while (nodes.hasNext()) {
            JsonNode node = nodes.next();
            if (!kept.contains(key.isEmpty() ? node.asText() : node.get(key).asText())) {
                nodes.remove();
            }
        }
    }

    int cells() {
        return templates.size();
    }

    /**
     * @param effects of the head on the logarithm of each cell's throughput
     * @param canaries whether any ran
     */
    GateResult compare(double[] effects, MachineNoise noise, boolean canaries, int seed) {
        return compare(
                List.of(session(new double[cells()], noise, 2L * seed)),
                List.of(session(effects, noise, 2L * seed + 1)),
                canaries);
    }

    /** One session of as many blocks as this gate has. */
    CampaignSimulation session(double[] effects, MachineNoise noise, long seed) {
        return CampaignSimulation.run(effects, campaign.blockOrder().size(), 0, noise, Order.BLOCKED, seed);
    }

    /** @param base sessions that together have as many blocks as this gate, one after another; {@code head} likewise */
    GateResult compare(List<CampaignSimulation> base, List<CampaignSimulation> head, boolean canaries) {
        return Gate.compare(analysis(base, canaries), analysis(head, canaries), false);
    }

    private Analysis analysis(List<CampaignSimulation> sessions, boolean canaries) {
        int blocks = campaign.blockOrder().size();
        int each = blocks / sessions.size();
        List<Trial> trials = new ArrayList<>();
        for (int cell = 0; cell < cells(); cell++) {
            for (int block = 0; block < blocks; block++) {
                CampaignSimulation session = sessions.get(block / each);
                trials.add(trial(
                        templates.get(cell),
                        block,
                        session.throughput(cell, block % each),
                        canaries ? session.canaryMillis(cell, block % each) : 0));
            }
        }
        return Analysis.of(new StoredCampaign(new CampaignFolder(Path.of("simulated")), campaign, trials));
    }

    private Trial trial(Trial template, int block, double throughput, double canaryMillis) {
        return new Trial(
                template.formatVersion(),
                template.campaignId(),
                template.cellId(),
                block,
                campaign.blockOrder().get(block).indexOf(template.cellId()),
                template.startedAt(),
                Trial.Outcome.VALID,
                List.of(),
                template.phases(),
                throughput,
                Math.round(throughput),
                0,
                Map.of(),
                List.of(),
                List.of(),
                new Canary(canaryMillis, 0, 0, 0),
                template.timekeeping(),
                template.resources(),
                template.costs(),
                template.replication(),
                template.verification(),
                template.effectiveOptions(),
                template.engineStats(),
                List.of());
    }
}

package io.quorumark.report.adr;

import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.decision.Criterion;
import io.quorumark.results.decision.Decision;
import io.quorumark.results.decision.Setting;
import io.quorumark.results.drill.DrillEvidence;
import io.quorumark.results.model.Cell;
import java.util.ArrayList;
import java.util.List;

/** What a decision's campaigns did not try, so that a record can say it. */
final class Untested {
    private Untested() {}

    static List<String> of(Decision decision) {
        List<String> untested = new ArrayList<>();
        List<Setting> settings = decision.evidence().settings();
        List<String> silent = new ArrayList<>();
        for (int i = 0; i < decision.shares().size(); i++) {
            if (decision.shares().get(i) == 0) {
                Criterion criterion = decision.rules().criteria().get(i);
                silent.add(criterion.metric().words());
            }
        }
        if (!silent.isEmpty()) {
            untested.add("No option has a figure of " + String.join(", ", silent) + ", which the weights ask for.");
        }
        if (settings.stream().noneMatch(Setting::timesLifecycle)) {
            untested.add("Starts, recovery, checkpoints and compaction: no campaign ran the workload lifecycle.");
        }
        if (settings.stream()
                .map(Setting::anyCell)
                .map(Cell::load)
                .noneMatch(load -> load.isPaced() || load.isSweep())) {
            untested.add(
                    "Response time under a rate that clients set: all loads were closed loops, in which response time is service time.");
        }
        if (settings.stream()
                .map(Setting::anyCell)
                .noneMatch(cell -> cell.target().isReplicated())) {
            untested.add("Replication: no campaign ran a group.");
        }
        if (decision.evidence().campaigns().stream()
                .noneMatch(each -> DrillEvidence.in(each.stored().folder()).isPresent())) {
            untested.add("Failover and changes of members: no drills lie beside the campaigns.");
        }
        for (Analysis campaign : decision.evidence().campaigns()) {
            if (campaign.controlArms().isEmpty()) {
                untested.add("What noise alone does in campaign "
                        + campaign.stored().campaign().id() + ": it has no control arm.");
            }
        }
        return untested;
    }
}

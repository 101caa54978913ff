package io.quorumark.campaign.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorumark.campaign.support.UsageError;
import io.quorumark.results.model.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which keys of a plan apply to what the plan asks for: a rate is nothing to a closed loop. A key that does not apply is refused, so that
 * nobody believes in a condition that was never there. Keys of the profile, and keys of the plan's file where an option decides otherwise
 * than the file, are set aside instead: they were written for something else.
 */
final class ApplicableKeys {
    /**
     * @param key of a value or a whole section
     * @param decidedBy the key whose value decides
     * @param applies whether it does, in a plan
     * @param neutral a text that says no more than leaving the key out does; 0 and false always say no more
     * @param remedy besides removing the key
     */
    private record Rule(String key, String decidedBy, Predicate<ResolvedPlan> applies, String neutral, String remedy) {}

    private static final String NONE = "";

    private static final List<Rule> RULES = rules();

    private ApplicableKeys() {}

    private static List<Rule> rules() {
        List<Rule> rules = new ArrayList<>();
        String kind = "load.kind";
        rules.add(new Rule("load.rateOpsPerSecond", kind, isKind(Cell.Load.OPEN), NONE, "set load.kind to open"));
        rules.add(new Rule(
                "load.arrivals",
                kind,
                isKind(Cell.Load.OPEN).or(isKind(Cell.Load.SWEEP)),
                Cell.Arrivals.CONSTANT,
                "set load.kind to open or sweep"));
        for (String key : List.of("load.arrivals.periodSeconds", "load.arrivals.duty")) {
            rules.add(new Rule(
                    key,
                    "load.arrivals.kind",
                    plan -> plan.load().arrivals().kind().equals(Cell.Arrivals.BURSTS),
                    NONE,
                    "set load.arrivals.kind to bursts"));
        }
        rules.add(new Rule("load.sweep", kind, isKind(Cell.Load.SWEEP), NONE, "set load.kind to sweep"));
        rules.add(new Rule("load.speed", kind, isKind(Cell.Load.REPLAY), NONE, "set load.kind to replay"));
        rules.add(new Rule(
                "load.pacing",
                kind,
                isKind(Cell.Load.CLOSED).negate(),
                Cell.Load.SLEEP,
                "set load.kind to open, sweep or replay"));
        rules.add(new Rule(
                "load.measureSeconds",
                "load.measureOperations",
                plan -> plan.load().measureOperations() == 0,
                NONE,
                "remove load.measureOperations"));
        rules.add(new Rule(
                "trials.maxHalfWidth",
                "trials.maxBlocks",
                plan -> plan.trials().maxBlocks() > plan.trials().blocks(),
                String.valueOf(ResolvedPlan.DEFAULT_MAX_HALF_WIDTH),
                "set trials.maxBlocks above trials.blocks"));
        for (String key : List.of(
                "cluster.members",
                "cluster.tls",
                "cluster.passwordFile",
                "cluster.transport",
                "cluster.reads",
                "raft")) {
            rules.add(new Rule(
                    key,
                    "cluster.target",
                    plan -> plan.cluster().target().isReplicated(),
                    NONE,
                    "set cluster.target to cluster"));
        }
        for (String key : List.of("cluster.tls", "cluster.passwordFile")) {
            rules.add(new Rule(
                    key,
                    "cluster.members",
                    plan -> plan.cluster().members().areRemote(),
                    NONE,
                    "give the addresses of members that run on their own"));
        }
        rules.add(ofOwnMembers("cluster.transport", "tcp"));
        for (String key : List.of(
                "cluster.backgroundThreads",
                "raft.snapshot",
                "raft.batch",
                "raft.pipeline",
                "raft.electionTimeoutMillis",
                "raft.heartbeatMillis",
                "trials.ceilingBlocks")) {
            rules.add(ofOwnMembers(key, NONE));
        }
        return List.copyOf(rules);
    }

    private static Predicate<ResolvedPlan> isKind(String kind) {
        return plan -> plan.load().kind().equals(kind);
    }

    /** What members that run on their own have in their own configuration. */
    private static Rule ofOwnMembers(String key, String neutral) {
        return new Rule(
                key,
                "cluster.members",
                plan -> !plan.cluster().members().areRemote(),
                neutral,
                "give a number of members");
    }

    /**
     * Refuses what does not apply.
     *
     * @param stored whether the file is a results folder's, which an earlier version may have written: its keys are set aside
     * @return keys of the plan's file that do not apply because an option decides otherwise: to be set aside
     * @throws RuntimeException with file, line and key
     */
    static List<String> check(ResolvedPlan plan, PlanSources sources, boolean stored) {
        List<String> setAside = new ArrayList<>();
        for (Rule rule : RULES) {
            if (!rule.applies.test(plan)) {
                for (PlanSources.Said said : sources.saidByUser(rule.key)) {
                    if (isNeutral(said.value(), rule.neutral)) {
                        continue;
                    }
                    if (sources.isStronger(rule.decidedBy, said) || (stored && said.isInFile())) {
                        setAside.add(rule.key);
                        continue;
                    }
                    throw refused(rule, said, plan);
                }
            }
        }
        return setAside;
    }

    private static UsageError refused(Rule rule, PlanSources.Said said, ResolvedPlan plan) {
        JsonNode value = said.value();
        return new UsageError(said.place() + ": " + rule.key + " is "
                + (value.isObject() ? "there" : "'" + PlanSources.text(value) + "'")
                + ", expected no such key with " + rule.decidedBy + " '"
                + PlanSources.text(PlanSources.tree(plan).at(PlanSources.pointer(rule.decidedBy))) + "'; remove it, or "
                + rule.remedy);
    }

    private static boolean isNeutral(JsonNode value, String neutral) {
        if (value.isNumber() && value.doubleValue() == 0) {
            return true;
        }
        String text = value.isObject() ? value.path("kind").asText() : value.asText();
        return !neutral.isEmpty() && text.equals(neutral);
    }

    /** Takes out of a resolved plan what does not apply to it, so that what is stored is a plan that is accepted again. */
    static void prune(ResolvedPlan plan, ObjectNode tree) {
        for (Rule rule : RULES) {
            if (!rule.applies.test(plan)) {
                int dot = rule.key.lastIndexOf('.');
                JsonNode section = dot < 0 ? tree : tree.at(PlanSources.pointer(rule.key.substring(0, dot)));
                if (section instanceof ObjectNode keys) {
                    keys.remove(rule.key.substring(dot + 1));
                }
            }
        }
    }
}

package io.quorumark.campaign.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorumark.campaign.support.UsageError;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which keys of a plan apply to what the plan asks for: a rate is nothing to a closed loop. A key that does not apply is refused, so that
 * nobody believes in a condition that was never there. Keys of the profile, and keys of the plan's file if an option decides otherwise than
 * the file, are set aside instead: they were written for something else.
 */
final class ApplicableKeys {
    /**
     * When a key applies. It stands with the key, in the section that holds it.
     *
     * @param key of a value or a whole section
     * @param decidedBy the key whose value decides
     * @param applies whether it does, in a plan
     * @param neutral a text that says no more than leaving the key out does; 0 and false always say no more
     * @param remedy besides removing the key
     */
    record Rule(String key, String decidedBy, Predicate<ResolvedPlan> applies, String neutral, String remedy) {
        static Rule of(String key, String decidedBy, Predicate<ResolvedPlan> applies, String remedy) {
            return new Rule(key, decidedBy, applies, "", remedy);
        }

        /** The same, of a key that may have this value in every plan. */
        Rule withNeutral(String value) {
            return new Rule(key, decidedBy, applies, value, remedy);
        }
    }

    private static final List<Rule> RULES = Stream.of(
                    Plan.LoadPlan.RULES, Plan.TrialsPlan.RULES, Plan.ClusterPlan.RULES, RaftPlan.RULES)
            .flatMap(List::stream)
            .toList();

    private ApplicableKeys() {}

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

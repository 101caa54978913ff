package io.quorumark.results.fairness;

import io.quorumark.results.cell.TrialLabels;
import io.quorumark.results.fairness.FairnessFinding.Severity;
import io.quorumark.results.model.Trial;
import io.quorumark.results.model.Trial.StartedJvm;
import io.quorumark.results.store.StoredCampaign;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** All trials of a campaign were started with the same JVM options, by what their JVMs say themselves. */
final class SameJvm implements FairnessCheck {
    private static final String ID = "same-jvm";

    /**
     * What a JVM has chosen by itself, from the machine it found; what somebody set, and the JVM does not say so, stands among the
     * arguments.
     */
    private static final List<String> BY_ITSELF = List.of("(ergonomic)", "(origin not told)");

    @Override
    public List<FairnessFinding> check(StoredCampaign stored) {
        List<FairnessFinding> findings = new ArrayList<>();
        @Nullable Trial first = null;
        for (Trial trial : stored.trials()) {
            if (trial.jvm() == null) {
                continue;
            }
            if (first == null) {
                first = trial;
                continue;
            }
            compare(stored, first, Objects.requireNonNull(first.jvm()), trial, Objects.requireNonNull(trial.jvm()))
                    .ifPresent(findings::add);
        }
        return findings;
    }

    private static Optional<FairnessFinding> compare(
            StoredCampaign stored, Trial first, StartedJvm firstJvm, Trial trial, StartedJvm jvm) {
        String who = "The JVM of " + named(stored, trial);
        String than = " than that of " + named(stored, first) + ": ";
        if (!firstJvm.arguments().equals(jvm.arguments())) {
            return Optional.of(new FairnessFinding(
                    ID,
                    Severity.UNFAIR,
                    who + " was started with other options" + than + "only " + without(jvm.arguments(), firstJvm)
                            + " against only " + without(firstJvm.arguments(), jvm) + "."));
        }
        return difference(firstJvm.changedFlags(), jvm.changedFlags())
                .map(flag -> new FairnessFinding(
                        ID,
                        isByItself(firstJvm, flag) && isByItself(jvm, flag) ? Severity.NOTE : Severity.UNFAIR,
                        who + " ran with another " + flag + than + value(jvm, flag) + " against "
                                + value(firstJvm, flag) + "."));
    }

    private static String named(StoredCampaign stored, Trial trial) {
        return TrialLabels.of(stored.campaign().cell(trial.cellId()), trial);
    }

    private static List<String> without(List<String> arguments, StartedJvm other) {
        List<String> rest = new ArrayList<>(arguments);
        other.arguments().forEach(rest::remove);
        return rest;
    }

    /** The first flag whose value differs; those that somebody set before those that the JVMs chose. */
    private static Optional<String> difference(Map<String, String> before, Map<String, String> after) {
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        List<String> differing = names.stream()
                .filter(name -> !Objects.equals(before.get(name), after.get(name)))
                .toList();
        return differing.stream()
                .filter(name -> !isByItself(before.get(name)) || !isByItself(after.get(name)))
                .findFirst()
                .or(() -> differing.stream().findFirst());
    }

    private static boolean isByItself(StartedJvm jvm, String flag) {
        return isByItself(jvm.changedFlags().get(flag));
    }

    private static boolean isByItself(@Nullable String value) {
        return value == null || BY_ITSELF.stream().anyMatch(value::endsWith);
    }

    private static String value(StartedJvm jvm, String flag) {
        return jvm.changedFlags().getOrDefault(flag, "the default");
    }
}

package io.quorumark.results.decision;

import io.quorumark.results.ExitCode;
import io.quorumark.results.decision.Assumptions.Candidate;
import io.quorumark.results.decision.Assumptions.MeasuredOn;
import io.quorumark.results.decision.Assumptions.Question;
import io.quorumark.results.decision.Assumptions.Ratio;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Whether a record's outcome is still what campaigns say, decided again with the record's own rules.
 *
 * @param answer in sum
 * @param reasons for it, in sentences
 * @param moved assumptions that are not what they were, in sentences
 */
public record RecordCheck(Answer answer, List<String> reasons, List<String> moved) {
    /** A canary that differs by more than this shows another machine, whatever its fingerprint says. */
    private static final double CALIBRATION = 0.2;

    public RecordCheck {
        reasons = List.copyOf(reasons);
        moved = List.copyOf(moved);
    }

    /** What can be said of a record, and how a command that says it ends. */
    public enum Answer {
        HOLDS("holds", ExitCode.DONE),
        FRAGILE("fragile", ExitCode.INCONCLUSIVE),
        OVERTURNED("overturned", ExitCode.REGRESSION),
        CANNOT_TELL("cannot tell", ExitCode.NOT_COMPARABLE);

        private final String words;
        private final ExitCode exitCode;

        Answer(String words, ExitCode exitCode) {
            this.words = words;
            this.exitCode = exitCode;
        }

        public String words() {
            return words;
        }

        public ExitCode exitCode() {
            return exitCode;
        }
    }

    /**
     * @param recorded the record's assumptions
     * @param now what other campaigns say by the record's rules
     */
    public static RecordCheck of(Assumptions recorded, Decision now) {
        Assumptions current = Assumptions.of(now);
        List<String> moved = moved(recorded, current);
        String outcome = recorded.outcome();
        if (outcome == null) {
            return new RecordCheck(
                    Answer.CANNOT_TELL,
                    List.of("The record names no outcome: it was " + recorded.label() + " when it was written."),
                    moved);
        }
        Set<String> machines =
                current.campaigns().stream().map(MeasuredOn::machine).collect(Collectors.toSet());
        List<String> strangers = machines.stream()
                .filter(machine -> recorded.campaigns().stream()
                        .noneMatch(each -> each.machine().equals(machine)))
                .sorted()
                .toList();
        if (!strangers.isEmpty()) {
            return new RecordCheck(
                    Answer.CANNOT_TELL,
                    List.of("Measured on another machine (" + String.join(", ", strangers)
                            + "): figures of two machines are not set against each other."),
                    moved);
        }
        if (current.settings().stream()
                .noneMatch(each -> recorded.settings().stream().anyMatch(each::asksTheSame))) {
            return new RecordCheck(
                    Answer.CANNOT_TELL,
                    List.of("No workload was measured at the record's target, durability and read consistency."),
                    moved);
        }
        Optional<Assessment> own = now.options().stream()
                .filter(each -> isSame(each.option(), candidate(recorded, outcome)))
                .findFirst();
        if (own.isEmpty()) {
            return new RecordCheck(Answer.CANNOT_TELL, List.of(outcome + " was not measured."), moved);
        }
        if (own.get().outcome() == GateOutcome.EXCLUDED) {
            return new RecordCheck(
                    Answer.OVERTURNED,
                    own.get().gates().stream()
                            .filter(gate -> gate.outcome() == GateOutcome.EXCLUDED)
                            .map(gate -> outcome + " does not pass the gate " + gate.gate() + " any more: "
                                    + gate.reason() + ".")
                            .toList(),
                    moved);
        }
        return byScores(recorded, now, own.get(), moved);
    }

    private static RecordCheck byScores(Assumptions recorded, Decision now, Assessment own, List<String> moved) {
        if (now.label() == Label.OPEN) {
            return new RecordCheck(Answer.CANNOT_TELL, now.reasons(), moved);
        }
        boolean stillLeads = now.leader().filter(own.option()::equals).isPresent();
        List<String> reasons = new ArrayList<>(now.reasons());
        if (!stillLeads) {
            reasons.add(0, now.leader().map(Option::name).orElse("Nobody") + " leads now.");
        }
        if (now.label() != Label.ROBUST) {
            return new RecordCheck(Answer.FRAGILE, reasons, moved);
        }
        if (!stillLeads) {
            return new RecordCheck(Answer.OVERTURNED, reasons, moved);
        }
        List<String> unmeasured = recorded.settings().stream()
                .map(Question::workload)
                .distinct()
                .filter(workload -> now.evidence().settings().stream()
                        .noneMatch(setting -> setting.anyCell().workload().equals(workload)))
                .map(workload -> workload + " was not measured again.")
                .toList();
        reasons.addAll(unmeasured);
        return new RecordCheck(unmeasured.isEmpty() ? Answer.HOLDS : Answer.FRAGILE, reasons, moved);
    }

    private static Optional<Candidate> candidate(Assumptions recorded, String name) {
        return recorded.options().stream()
                .filter(each -> each.name().equals(name))
                .findFirst();
    }

    /** The same engine in the same role; its version may have moved. */
    private static boolean isSame(Option option, Optional<Candidate> recorded) {
        return recorded.filter(each -> each.engine().equals(option.engine())
                        && withoutVersion(each.name(), each.version())
                                .equals(withoutVersion(option.name(), option.engineVersion())))
                .isPresent();
    }

    private static String withoutVersion(String name, String version) {
        return name.endsWith(" " + version) ? name.substring(0, name.length() - version.length() - 1) : name;
    }

    private static List<String> moved(Assumptions then, Assumptions now) {
        List<String> moved = new ArrayList<>();
        for (Candidate candidate : then.options()) {
            List<String> versions = now.options().stream()
                    .filter(each -> each.engine().equals(candidate.engine()))
                    .map(Candidate::version)
                    .distinct()
                    .toList();
            if (versions.isEmpty()) {
                moved.add(candidate.name() + " is not among the options any more.");
            } else if (!versions.contains(candidate.version())) {
                moved.add("The version of " + candidate.name() + " was " + candidate.version() + " and is "
                        + String.join(", ", versions) + "; whether it opens the old files is for its notes to say.");
            }
        }
        for (Question question : then.settings()) {
            now.settings().stream()
                    .filter(each -> each.workload().equals(question.workload()))
                    .findFirst()
                    .ifPresent(each -> moved(question, each, moved));
        }
        for (MeasuredOn before : then.campaigns()) {
            now.campaigns().stream()
                    .filter(each -> each.machine().equals(before.machine()))
                    .findFirst()
                    .ifPresent(after -> {
                        calibration("processor canary", before.cpuSpinMillis(), after.cpuSpinMillis(), moved);
                        calibration("sync canary", before.syncMicros(), after.syncMicros(), moved);
                    });
        }
        for (Ratio ratio : then.ratios()) {
            now.ratios().stream()
                    .filter(each -> each.option().equals(ratio.option())
                            && each.metric().equals(ratio.metric())
                            && each.reference().equals(ratio.reference())
                            && each.setting().equals(ratio.setting()))
                    .filter(each -> each.low() > ratio.high() || each.high() < ratio.low())
                    .findFirst()
                    .ifPresent(each -> moved.add(String.format(
                            Locale.ROOT,
                            "%s against %s by %s on %s was %.3g× [%.3g, %.3g] and is %.3g× [%.3g, %.3g].",
                            ratio.option(),
                            ratio.reference(),
                            ratio.metric(),
                            ratio.setting(),
                            ratio.estimate(),
                            ratio.low(),
                            ratio.high(),
                            each.estimate(),
                            each.low(),
                            each.high())));
        }
        return moved;
    }

    private static void moved(Question then, Question now, List<String> moved) {
        if (!then.identity().equals(now.identity())) {
            Map<String, Double> before = new TreeMap<>(then.mix());
            moved.add("The workload " + then.workload() + " is another"
                    + (before.equals(now.mix())
                            ? "."
                            : ": its mix was " + shares(before) + " and is " + shares(now.mix()) + "."));
        }
        changed(then.workload(), "durability of acknowledged writes", then.logDurability(), now.logDurability(), moved);
        changed(then.workload(), "read consistency", then.reads(), now.reads(), moved);
        changed(then.workload(), "target", then.target(), now.target(), moved);
        changed(then.workload(), "load", then.load(), now.load(), moved);
        changed(
                then.workload(),
                "number of members",
                String.valueOf(then.members()),
                String.valueOf(now.members()),
                moved);
        changed(
                then.workload(),
                "memory budget in bytes",
                String.valueOf(then.memoryBudgetBytes()),
                String.valueOf(now.memoryBudgetBytes()),
                moved);
    }

    private static void changed(String workload, String what, String then, String now, List<String> moved) {
        if (!then.equals(now)) {
            moved.add("On " + workload + " the " + what + " was " + then + " and is " + now + ".");
        }
    }

    private static void calibration(String what, double then, double now, List<String> moved) {
        if (then > 0 && now > 0 && Math.abs(Math.log(now / then)) > Math.log1p(CALIBRATION)) {
            moved.add(String.format(
                    Locale.ROOT, "The machine's %s was %.3g and is %.3g: it is faster or slower.", what, then, now));
        }
    }

    private static String shares(Map<String, Double> mix) {
        return mix.entrySet().stream()
                .map(each -> Math.round(100 * each.getValue()) + " % " + each.getKey())
                .collect(Collectors.joining(", "));
    }
}

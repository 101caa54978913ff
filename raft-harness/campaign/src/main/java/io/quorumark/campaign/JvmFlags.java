package io.quorumark.campaign;

import io.quorumark.campaign.host.ToolRun;
import io.quorumark.campaign.interleave.InjectedSlowdown;
import io.quorumark.campaign.plan.CompletedPlan;
import io.quorumark.campaign.plan.PlanSources;
import io.quorumark.campaign.support.ChildJvm;
import io.quorumark.campaign.support.HarnessException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The flags of a plan, tried out before the first trial. Trials run with a flag that makes a JVM skip what it does not know, as the
 * engines need flags of newer JVMs; a plan's own
 * flags must not be skipped so.
 */
public final class JvmFlags {
    /** The launcher reads -mx and -ms as -Xmx and -Xms. */
    private static final Pattern HEAP = Pattern.compile(
            "-X?m[sx].*|-XX:(Max|Initial|Min|SoftMax)HeapSize=.*|-XX:(Max|Initial|Min)RAM(Percentage|Fraction)?=.*");

    /** What would run something else, or read flags that nobody sees here. */
    private static final Pattern NOT_A_FLAG = Pattern.compile(
            "@.*|-(cp|classpath|jar|version|showversion|Xinternalversion|help|h|X|\\?)|--?(class-path|version|help"
                    + "|help-extra|show-version|list-modules|describe-module|validate-modules|dry-run|module|module-path|source)(=.*)?|"
                    + "-XX:(Flags|VMOptionsFile)=.*|-[mpd]");

    private static final Pattern TEMPORARY_FOLDER =
            Pattern.compile("-D(java\\.io\\.tmpdir|lmdbjava\\.extract\\.dir)(=.*)?");
    private static final Pattern HIDING = Pattern.compile("-XX:\\+IgnoreUnrecognizedVMOptions");

    /** A flag of which a JVM takes the last value. */
    private static final Pattern SINGLE = Pattern.compile("-XX:[-+]?(?<option>\\w+)(=.*)?|(?<property>-D[^=]+)(=.*)?");

    /** Flags that set what others set too, of which a JVM takes the last. */
    private static final Map<Pattern, Set<String>> SETTING_OTHERS = Map.of(
            Pattern.compile("-X?ss.*"), Set.of("ThreadStackSize"),
            Pattern.compile("-Xmn.*|-XX:NewRatio=.*"), Set.of("NewSize", "MaxNewSize"),
            Pattern.compile("-X(int|comp|mixed)"), Set.of("UseInterpreter"),
            Pattern.compile("-Xmaxjitcodesize.*"), Set.of("ReservedCodeCacheSize"),
            Pattern.compile("-X?noclassgc"), Set.of("ClassUnloading"),
            Pattern.compile("-Xbatch"), Set.of("BackgroundCompilation"),
            Pattern.compile("-Xrs"), Set.of("ReduceSignalUsage"),
            Pattern.compile("-Xshare:.*"), Set.of("UseSharedSpaces"));

    /** Options of which a JVM takes every value, one after another. */
    private static final Set<String> LISTS = Set.of(
            "CompileCommand", "CompileOnly", "ControlIntrinsic", "DisableIntrinsic", "OnError", "OnOutOfMemoryError");

    private static final Pattern SEVERAL = Pattern.compile("\\s+-");
    private static final long TIMEOUT_SECONDS = 60;

    private JvmFlags() {}

    /**
     * Refuses flags that contradict the plan or each other, and those that this machine's JVM does not know or skips.
     *
     * @throws io.quorumark.campaign.support.UsageError with file, line and key
     * @throws HarnessException no JVM can be started
     */
    public static void check(CompletedPlan completed) throws IOException {
        List<String> flags = completed.plan().jvm().flags();
        Map<String, String> byName = new HashMap<>();
        for (int i = 0; i < flags.size(); i++) {
            check(completed.sources(), "jvm.flags[" + i + "]", flags.get(i), byName);
        }
        int heapMiB = completed.plan().jvm().heapMiB();
        if (refusal(heapMiB, flags).isEmpty()) {
            return;
        }
        for (int i = 0; i < flags.size(); i++) {
            Optional<String> refusal = refusal(heapMiB, flags.subList(0, i + 1));
            if (refusal.isPresent()) {
                throw completed
                        .sources()
                        .fault(
                                "jvm.flags[" + i + "]",
                                flags.get(i),
                                "a flag that this JVM takes; it says: " + refusal.get());
            }
        }
    }

    private static void check(PlanSources sources, String key, String flag, Map<String, String> byName) {
        if (!flag.startsWith("-") || NOT_A_FLAG.matcher(flag).matches()) {
            throw sources.fault(
                    key,
                    flag,
                    "a JVM flag such as -XX:+UseZGC; one with a value is one text, such as"
                            + " --add-opens=java.base/java.nio=ALL-UNNAMED");
        }
        if (SEVERAL.matcher(flag).find()) {
            throw sources.fault(key, flag, "one flag; write each flag as an entry of its own");
        }
        if (HEAP.matcher(flag).matches()) {
            throw sources.fault(key, flag, "no heap size here; set jvm.heapMiB instead");
        }
        if (TEMPORARY_FOLDER.matcher(flag).matches()) {
            throw sources.fault(key, flag, "no temporary folder here, as every trial has one of its own; remove it");
        }
        if (HIDING.matcher(flag).matches()) {
            throw sources.fault(key, flag, "no flag that hides unknown ones; remove it");
        }
        Optional<String> slowdown = InjectedSlowdown.wanted(flag);
        if (slowdown.isPresent()) {
            throw sources.fault(key, flag, slowdown.get());
        }
        for (String setting : settingsOf(flag)) {
            String before = byName.put(setting, flag);
            if (before != null && !before.equals(flag)) {
                throw sources.fault(key, flag, "no other value than '" + before + "' before it; keep one of the two");
            }
        }
    }

    /** What a flag sets, by one name however the flag is spelt; nothing if several of its kind go together. */
    private static Set<String> settingsOf(String flag) {
        for (Map.Entry<Pattern, Set<String>> other : SETTING_OTHERS.entrySet()) {
            if (other.getKey().matcher(flag).matches()) {
                return other.getValue();
            }
        }
        Matcher single = SINGLE.matcher(flag);
        if (!single.matches()) {
            return Set.of();
        }
        String option = single.group("option");
        return option == null ? Set.of(single.group("property")) : LISTS.contains(option) ? Set.of() : Set.of(option);
    }

    /** Why a JVM does not take all of these; empty if it does. */
    private static Optional<String> refusal(int heapMiB, List<String> flags) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ChildJvm.heap(heapMiB));
        command.addAll(flags);
        command.add("-version");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        ChildJvm.isolate(builder.environment());
        ToolRun run = ToolRun.within(Duration.ofSeconds(TIMEOUT_SECONDS), builder)
                .orElseThrow(() -> new HarnessException(
                        "a JVM with the plan's flags did not end within " + TIMEOUT_SECONDS + " s: " + command));
        String said = run.said();
        if (run.status() != 0) {
            return Optional.of(said.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("Error occurred during initialization"))
                    .findFirst()
                    .orElse("nothing, and ended with status " + run.status()));
        }
        return said.lines()
                .filter(line -> line.contains("warning: Ignoring option"))
                .findFirst();
    }
}

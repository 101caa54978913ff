package io.quorumark.app.plan;

import io.quorumark.app.EnginePath;
import io.quorumark.app.Engines;
import io.quorumark.app.UsageError;
import io.quorumark.engine.EngineProvider;
import io.quorumark.workload.spec.SourceLines;
import io.quorumark.workload.spec.StrictYaml;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The plans that come with the program, and how a user's plan is completed by one. */
public final class Profiles {
    /** The profile of a plan that names none. */
    public static final String DEFAULT = "quick";

    /** As an option: every engine that keeps data and can be opened here. */
    public static final List<String> ALL_ENGINES = List.of("all");

    private static final List<String> NAMES = List.of("smoke", "quick", "gate", "adr");

    private Profiles() {}

    /** From the shortest to the longest. */
    public static List<String> names() {
        return NAMES;
    }

    /**
     * The profile as written.
     *
     * @throws UsageError there is no such profile
     */
    public static Plan named(String name) {
        if (!NAMES.contains(name)) {
            throw new UsageError("unknown profile '" + name + "', expected one of " + NAMES);
        }
        try (InputStream in = Profiles.class.getResourceAsStream("/profiles/" + name + ".yaml")) {
            if (in == null) {
                throw new AssertionError("profile " + name + " is not in the program");
            }
            return StrictYaml.read("profile " + name, in, Plan.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first comment of the profile's file, as a description. */
    public static String description(String name) {
        try (InputStream in = Profiles.class.getResourceAsStream("/profiles/" + name + ".yaml")) {
            if (in == null) {
                throw new AssertionError("profile " + name + " is not in the program");
            }
            StringBuilder description = new StringBuilder();
            for (String line : new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                    .lines()
                    .takeWhile(line -> line.startsWith("#"))
                    .toList()) {
                description
                        .append(description.isEmpty() ? "" : " ")
                        .append(line.substring(1).strip());
            }
            return description.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Completes what the user said: options on the command line first, then the plan's file, then the profile.
     *
     * @param file the user's plan, if any
     * @param profile named on the command line, if any
     * @param options from the command line; {@link Plan#EMPTY} for none
     * @throws UsageError something is missing or contradictory
     * @throws io.quorumark.workload.spec.SpecException the file is not a plan
     */
    public static ResolvedPlan resolve(@Nullable Path file, @Nullable String profile, Plan options) {
        return complete(file, profile, options).plan();
    }

    /** The same, and who said what; see {@link #resolve}. */
    public static CompletedPlan complete(@Nullable Path file, @Nullable String profile, Plan options) {
        Plan written = options.withFilesIn(Path.of("").toAbsolutePath());
        String source = "command line";
        StrictYaml.@Nullable Located<Plan> read = null;
        if (file != null) {
            Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file lies in a folder");
            read = StrictYaml.readLocated(file, Plan.class);
            written = written.over(read.value().withFilesIn(folder));
            source = file.toString();
        }
        String chosen = profile != null ? profile : written.profile() != null ? written.profile() : DEFAULT;
        Plan base = base(chosen, read != null && chosen.equals(read.value().profile()) ? read.lines() : null);
        Plan complete = written.over(base);
        if (complete.namesWorkloadFiles()) {
            // a file's own number of records comes before the profile's
            complete = complete.withRecords(written.records());
        }
        PlanSources sources = PlanSources.of(
                source,
                profile == null ? options : options.withProfile(profile),
                read == null ? null : read.value(),
                read == null ? null : read.lines(),
                chosen,
                base);
        Engines engines = engines(complete, sources);
        if (ALL_ENGINES.equals(options.engines())) {
            complete = complete.withEngines(
                    engines.retainingData().stream().map(EngineProvider::id).toList());
        }
        CompletedPlan completed =
                new CompletedPlan(ResolvedPlan.of(complete, chosen, source, sources), sources, engines);
        completed.checkEngines();
        return completed;
    }

    /** With those of the plan's own path; what is wrong with it is told by the place that names it. */
    private static Engines engines(Plan plan, PlanSources sources) {
        if (plan.enginePath() == null) {
            return Engines.onClassPath();
        }
        try {
            return Engines.with(EnginePath.of(plan.enginePath()));
        } catch (UsageError e) {
            throw sources.located("enginePath", e);
        }
    }

    /** @param lines of the file that names it, if one does */
    private static Plan base(String profile, @Nullable SourceLines lines) {
        try {
            return named(profile);
        } catch (UsageError e) {
            throw lines == null ? e : lines.fault("profile", String.valueOf(e.getMessage()));
        }
    }

    /** How many records a profile loads of each workload that comes with the program. */
    public static long records(String profile) {
        return Objects.requireNonNull(named(profile).records(), "every profile says so");
    }
}

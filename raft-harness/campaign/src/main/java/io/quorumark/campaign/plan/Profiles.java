package io.quorumark.campaign.plan;

import io.quorumark.campaign.engine.EnginePath;
import io.quorumark.campaign.engine.Engines;
import io.quorumark.campaign.support.UsageError;
import io.quorumark.engine.EngineProvider;
import io.quorumark.results.store.CampaignFolder;
import io.quorumark.workload.spec.SourceLines;
import io.quorumark.workload.spec.StrictYaml;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
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
        Plan given = profile == null ? options : options.with("profile", profile);
        Said said = file == null ? Said.onlyOptions(given) : Said.in(file, given);
        CompletedPlan completed = completed(said);
        boolean stored = file != null && isStored(file);
        if (stored && options.equals(Plan.EMPTY)) {
            // as it was run, with all that an earlier version wrote
            return completed;
        }
        List<String> setAside = ApplicableKeys.check(completed.plan(), completed.sources(), stored);
        return setAside.isEmpty() ? completed : completed(said.without(setAside));
    }

    /**
     * What a user says.
     *
     * @param source how messages call it
     * @param file as written; says nothing if there is none
     * @param lines of the file; null if there is none
     * @param folder that the file's own files are relative to
     */
    private record Said(
            Plan options,
            String source,
            Plan file,
            @Nullable SourceLines lines,
            Path folder) {
        /** Nothing but options. */
        static Said onlyOptions(Plan options) {
            return new Said(options, PlanSources.COMMAND_LINE, Plan.EMPTY, null, Path.of(""));
        }

        static Said in(Path file, Plan options) {
            StrictYaml.Located<Plan> read = StrictYaml.readLocated(file, Plan.class);
            Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file lies in a folder");
            return new Said(options, file.toString(), read.value(), read.lines(), folder);
        }

        Said without(List<String> keys) {
            Plan rest = file;
            for (String key : keys) {
                rest = rest.with(key, null);
            }
            return new Said(options, source, rest, lines, folder);
        }

        Plan merged() {
            return options.withFilesIn(Path.of("").toAbsolutePath()).over(file.withFilesIn(folder));
        }
    }

    /** Whether it is a results folder's. */
    private static boolean isStored(Path file) {
        CampaignFolder folder = new CampaignFolder(file.toAbsolutePath().resolveSibling(""));
        return file.toAbsolutePath().equals(folder.planYaml()) && Files.exists(folder.campaignJson());
    }

    private static CompletedPlan completed(Said said) {
        Plan written = said.merged();
        String chosen = written.profile() != null ? written.profile() : DEFAULT;
        Plan base = base(chosen, chosen.equals(said.file.profile()) ? said.lines : null);
        Plan complete = written.over(base);
        if (complete.namesWorkloadFiles()) {
            // a file's own number of records comes before the profile's
            complete = complete.with("records", written.records());
        }
        PlanSources sources = PlanSources.of(said.source, said.options, said.file, said.lines, chosen, base);
        Engines engines = engines(complete, sources);
        if (ALL_ENGINES.equals(said.options.engines())) {
            complete = complete.with(
                    "engines",
                    engines.retainingData().stream().map(EngineProvider::id).toList());
        }
        CompletedPlan completed =
                new CompletedPlan(ResolvedPlan.of(complete, chosen, said.source, sources), sources, engines);
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

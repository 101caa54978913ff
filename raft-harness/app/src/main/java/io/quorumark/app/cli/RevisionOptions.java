package io.quorumark.app.cli;

import io.quorumark.campaign.Folders;
import io.quorumark.campaign.plan.Plan;
import io.quorumark.campaign.plan.Profiles;
import io.quorumark.campaign.support.Invocation;
import io.quorumark.campaign.support.UsageError;
import io.quorumark.results.gate.Waivers;
import io.quorumark.results.store.CampaignWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;

/** What {@code gate} needs to measure two revisions itself. */
final class RevisionOptions {
    private static final DateTimeFormatter FOLDER_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|\\S+");

    private static final List<String> OPTIONS_OF_MEASURING = List.of(
            "--engines",
            "--workloads",
            "--profile",
            "--blocks",
            "--out",
            "--repository",
            "--build",
            "--head-run-option");

    @Option(names = "--base-ref", paramLabel = "REV", description = "Measure this git revision and compare with it.")
    private @Nullable String baseRef;

    @Option(
            names = "--head-ref",
            paramLabel = "REV",
            description = "Measure this git revision, by turns with the base, and judge it.")
    private @Nullable String headRef;

    @Option(names = "--engines", paramLabel = "ID", description = "With revisions: as for 'run'.")
    private @Nullable String engines;

    @Option(names = "--workloads", paramLabel = "NAME", description = "With revisions: as for 'run'.")
    private @Nullable String workloads;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            defaultValue = "gate",
            description = "With revisions: as for 'run'; ${DEFAULT-VALUE} by default.")
    private String profile = "gate";

    @Option(
            names = "--blocks",
            paramLabel = "N",
            description = "With revisions: pairs of blocks; the profile's number by default.")
    private @Nullable Integer blocks;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "With revisions: where everything that is measured goes; results/gate-<time> by default.")
    private @Nullable Path out;

    @Option(
            names = "--repository",
            paramLabel = "DIR",
            description = "With revisions: the git repository; that of this program by default.")
    private @Nullable Path repository;

    @Option(
            names = "--build",
            paramLabel = "COMMAND",
            defaultValue = "scripts/build",
            description = {
                "With revisions: builds a checkout, in its root folder; '${DEFAULT-VALUE}' by default.",
                "What has spaces in it, such as a path, stands in quotes."
            })
    private String build = "scripts/build";

    @Option(
            names = "--head-run-option",
            hidden = true,
            description =
                    "A further option of 'run' for the head alone, to try the gate itself; see scripts/gate-experiment.")
    private List<String> headRunOptions = new ArrayList<>();

    @Parameters(
            arity = "0..*",
            paramLabel = "RUN_OPTION",
            description = "With revisions, after --: further options of 'run', such as --records 1000.")
    private List<String> more = new ArrayList<>();

    boolean areGiven() {
        return baseRef != null || headRef != null;
    }

    /**
     * What is about measuring says nothing if campaigns that were measured are compared.
     *
     * @throws UsageError the command line has such an option, or a word that belongs to none
     */
    void refuse(ParseResult commandLine) {
        OPTIONS_OF_MEASURING.stream()
                .filter(commandLine::hasMatchedOption)
                .findFirst()
                .ifPresent(option -> {
                    throw new UsageError(
                            option + " is about revisions to measure; leave it out with --base and --head");
                });
        if (!more.isEmpty()) {
            throw new UsageError(
                    "'" + more.get(0) + "' is not expected; with --base and --head there is nothing to run");
        }
    }

    /**
     * All that was asked for, checked as far as it can be without starting; makes the results folder.
     *
     * @throws UsageError half a pair is missing, or a value is out of range
     */
    RevisionGate.Request request(boolean strict, Waivers waivers) throws IOException {
        if (baseRef == null || headRef == null) {
            throw new UsageError((baseRef == null ? "--base-ref" : "--head-ref")
                    + " is missing, expected both --base-ref and --head-ref");
        }
        Plan plan = Profiles.named(profile);
        Integer planned = blocks != null
                ? blocks
                : plan.trials() == null ? null : plan.trials().blocks();
        if (planned == null || planned < 1) {
            throw new UsageError("--blocks is " + planned + ", expected at least 1");
        }
        Path root = out != null ? out : Path.of("results", "gate-" + FOLDER_TIME.format(Instant.now()));
        CampaignWriter.refuseNonEmpty(root);
        String home = System.getProperty("quorumark.home", ".");
        return new RevisionGate.Request(
                repository != null ? repository : Path.of(home),
                baseRef,
                headRef,
                commandWords(build),
                runOptions(),
                headRunOptions,
                planned,
                plan.seed() == null ? 1 : plan.seed(),
                Folders.writable(root, "results").toRealPath(),
                strict,
                waivers);
    }

    /**
     * What white space parts, and what stands between quotes.
     *
     * @throws UsageError there is nothing
     */
    static List<String> commandWords(String command) {
        List<String> words = WORD.matcher(command)
                .results()
                .map(word -> Stream.of(word.group(1), word.group(2), word.group())
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElseThrow())
                .toList();
        if (words.isEmpty()) {
            throw new UsageError("--build is '" + command + "', expected a command that builds a checkout");
        }
        return words;
    }

    /** The words of a command that measures these commits in the same way. */
    List<String> words(String baseCommit, String headCommit) {
        List<String> words = new ArrayList<>(List.of("--base-ref", baseCommit, "--head-ref", headCommit));
        add("--engines", engines, words);
        add("--workloads", workloads, words);
        add("--profile", profile, words);
        add("--blocks", blocks == null ? null : String.valueOf(blocks), words);
        add("--repository", repository == null ? null : Invocation.pathInCheckout(repository), words);
        add("--build", build, words);
        headRunOptions.forEach(option -> add("--head-run-option", option, words));
        if (!more.isEmpty()) {
            words.add("--");
            words.addAll(more);
        }
        return words;
    }

    private static void add(String option, @Nullable String value, List<String> words) {
        if (value != null) {
            words.addAll(List.of(option, value));
        }
    }

    private List<String> runOptions() {
        List<String> options = new ArrayList<>(List.of("--profile", profile));
        add("--engines", engines, options);
        add("--workloads", workloads, options);
        options.addAll(more);
        return options;
    }
}

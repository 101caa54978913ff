package io.quorumark.app.cli;

import io.quorumark.campaign.engine.Engines;
import io.quorumark.campaign.host.LibraryFolder;
import io.quorumark.campaign.plan.LoadKind;
import io.quorumark.campaign.plan.Profiles;
import io.quorumark.engine.Capabilities;
import io.quorumark.engine.EngineProvider;
import io.quorumark.results.metric.Metric;
import io.quorumark.results.store.ResultsJson;
import io.quorumark.workload.catalog.WorkloadCatalog;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code quorumark list}: what there is. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description =
                "Show the engines with their capabilities, the workloads, the profiles, the kinds of load, or the metrics.",
        footer = {
            "%nExamples:",
            "  ${ROOT-COMMAND-NAME} list engines",
            "  ${ROOT-COMMAND-NAME} list engines --engine-path my-engine.jar",
            "  ${ROOT-COMMAND-NAME} list workloads",
            "  ${ROOT-COMMAND-NAME} list loads",
            "  ${ROOT-COMMAND-NAME} list metrics"
        })
final class ListCommand implements Callable<Integer> {
    enum Kind {
        ENGINES,
        WORKLOADS,
        PROFILES,
        LOADS,
        METRICS
    }

    @Parameters(paramLabel = "WHAT", description = "${COMPLETION-CANDIDATES} (any case)")
    private Kind kind = Kind.ENGINES;

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    @Mixin
    private final EnginePathOption enginePath = new EnginePathOption();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() {
        Engines engines = enginePath.engines();
        if (kind == Kind.ENGINES) {
            engines.faults().forEach(fault -> LeftOut.say(spec, fault));
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.print(ResultsJson.write(listing(engines)));
            out.flush();
            return 0;
        }
        switch (kind) {
            case ENGINES -> engines.inOrder().forEach(provider -> describe(provider, out));
            case WORKLOADS ->
                WorkloadCatalog.names()
                        .forEach(name ->
                                describe(name, WorkloadCatalog.find(name).description(), out));
            case PROFILES -> Profiles.names().forEach(name -> describe(name, Profiles.description(name), out));
            case LOADS -> LoadKind.all().forEach(load -> describe(load.name(), load.description(), out));
            case METRICS ->
                Arrays.stream(Metric.values())
                        .forEach(metric -> describe(
                                metric.id(),
                                metric.definition() + " ("
                                        + MetricEntry.of(metric).goodness() + ")",
                                out));
        }
        out.flush();
        return 0;
    }

    /** What {@code --json} prints: an array. Keys are added, never renamed or removed. */
    private List<?> listing(Engines engines) {
        return switch (kind) {
            case ENGINES ->
                StreamSupport.stream(engines.inOrder().spliterator(), false)
                        .map(EngineEntry::of)
                        .toList();
            case WORKLOADS ->
                WorkloadCatalog.names().stream()
                        .map(name -> new Entry(
                                name, oneLine(WorkloadCatalog.find(name).description())))
                        .toList();
            case PROFILES ->
                Profiles.names().stream()
                        .map(name -> new Entry(name, oneLine(Profiles.description(name))))
                        .toList();
            case LOADS ->
                LoadKind.all().stream()
                        .map(load -> new Entry(load.name(), load.description()))
                        .toList();
            case METRICS -> Arrays.stream(Metric.values()).map(MetricEntry::of).toList();
        };
    }

    record Entry(String name, String description) {}

    /** @param better {@code more}, {@code less}, or {@code neither} of a metric that is not judged */
    record MetricEntry(
            String id, String title, String unit, String better, boolean judged, String samples, String definition) {
        static MetricEntry of(Metric metric) {
            return new MetricEntry(
                    metric.id(),
                    metric.title(),
                    metric.unit().symbol(),
                    !metric.isJudged() ? "neither" : metric.moreIsBetter() ? "more" : "less",
                    metric.isJudged(),
                    metric.samples(),
                    metric.definition());
        }

        private String goodness() {
            return unit + (judged ? ", " + better + " is better" : ", not judged");
        }
    }

    record EngineEntry(
            String id,
            String name,
            String version,
            String architecture,
            String licence,
            String maintenance,
            List<String> durabilities,
            boolean crashSafe,
            boolean dataOnHeap,
            List<String> abilities,
            int minKeyBytes,
            int maxKeyBytes,
            long maxValueBytes,
            List<String> caveats,
            boolean available) {
        static EngineEntry of(EngineProvider provider) {
            Capabilities capabilities = provider.capabilities();
            return new EngineEntry(
                    provider.id(),
                    provider.facts().displayName(),
                    provider.facts().libraryVersion(),
                    provider.facts().architecture(),
                    provider.facts().licence(),
                    provider.facts().maintenance().id(),
                    names(capabilities.durabilities()),
                    capabilities.crashConsistent(),
                    capabilities.dataOnHeap(),
                    names(capabilities.abilities()),
                    capabilities.limits().minKeyBytes(),
                    capabilities.limits().maxKeyBytes(),
                    capabilities.limits().maxValueBytes(),
                    provider.facts().caveats(),
                    provider.unavailable().isEmpty());
        }

        private static <E extends Enum<E>> List<String> names(Set<E> constants) {
            return constants.stream().sorted().map(Enum::name).toList();
        }
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    private static void describe(String name, String description, PrintWriter out) {
        out.printf("%-14s %s%n", name, oneLine(description));
    }

    /** Why the engine cannot be opened in this process; empty if nothing is known. */
    private static Optional<String> problem(EngineProvider provider) {
        Optional<String> unavailable = provider.unavailable();
        if (unavailable.isPresent()) {
            return unavailable;
        }
        try {
            return LibraryFolder.problemHere(provider);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void describe(EngineProvider provider, PrintWriter out) {
        Capabilities capabilities = provider.capabilities();
        problem(provider).ifPresent(sentence -> out.printf("%s: %s%n", provider.id(), sentence));
        out.printf(
                "%-10s %s, %s, %s%n",
                provider.id(),
                provider.facts().displayName(),
                provider.facts().architecture(),
                provider.facts().libraryVersion());
        out.printf(
                "%-10s licence    %s; maintenance: %s%n",
                "", provider.facts().licence(), provider.facts().maintenance().id());
        out.printf(
                "%-10s durability %s; crash-safe: %s%n",
                "", new TreeSet<>(capabilities.durabilities()), capabilities.crashConsistent() ? "yes" : "no");
        if (capabilities.retainsData()) {
            out.printf(
                    "%-10s data       %s%n",
                    "",
                    capabilities.dataOnHeap()
                            ? "all of it on the Java heap"
                            : "off the heap, or cached within the budget");
        }
        out.printf("%-10s abilities  %s%n", "", new TreeSet<>(capabilities.abilities()));
        out.printf(
                "%-10s limits     keys %d to %,d bytes, values to %,d bytes%n",
                "",
                capabilities.limits().minKeyBytes(),
                capabilities.limits().maxKeyBytes(),
                capabilities.limits().maxValueBytes());
        List<String> caveats = provider.facts().caveats();
        caveats.forEach(caveat -> out.printf("%-10s note       %s%n", "", caveat));
        out.println();
    }
}

package io.quorumark.app.cli;

import io.quorumark.campaign.engine.Engines;
import io.quorumark.campaign.host.LibraryFolder;
import io.quorumark.campaign.support.Invocation;
import io.quorumark.engine.EngineProvider;
import io.quorumark.results.ExitCode;
import io.quorumark.results.store.CampaignFolder;
import io.quorumark.results.store.ResultsJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * A command that tests one engine after the other for a long time. It keeps what it has found after every finding, so that an interrupted
 * run goes on from there.
 *
 * @param <E> what was found, of all engines
 */
abstract class EvidenceCommand<E> implements Callable<Integer> {
    @Option(
            names = "--engines",
            split = ",",
            paramLabel = "ENGINE",
            description = "Which; all that keep data by default.")
    private List<String> engineIds = List.of();

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "From which all that is done to an engine follows; ${DEFAULT-VALUE} by default.")
    private long seed = 20;

    @Option(names = "--json", description = "Print the evidence as JSON instead of text.")
    private boolean json;

    @Mixin
    private final EnginePathOption enginePath = new EnginePathOption();

    @Mixin
    private final ScratchOption scratch = new ScratchOption();

    @Mixin
    private final EvidenceOptions evidence = new EvidenceOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private boolean allKept = true;

    /** Refuses options that are out of range. */
    abstract void checkOptions();

    /** What no engine has been tested for. */
    abstract E none();

    /** What an earlier run has written. */
    abstract E read(Path file);

    abstract void write(E found, Path file) throws IOException;

    /** Where such evidence lies in the folder of a campaign. */
    abstract Path in(CampaignFolder campaign);

    /**
     * Tests engines, and calls {@link #keep} after every finding.
     *
     * @param earlier findings that need not be made again if they are of the same version, counts and seed
     * @param folder empty; removed afterwards
     * @return {@code earlier} with what was found now
     */
    abstract E test(List<EngineProvider> providers, Engines engines, E earlier, Path folder)
            throws IOException, InterruptedException;

    /** As people read it. */
    abstract String text(E found);

    /** Whether an engine broke a promise. */
    abstract boolean isBroken(E found);

    @Override
    public final Integer call() throws Exception {
        checkOptions();
        evidence.check(this::in, enginePath);
        Engines engines = enginePath.engines();
        List<EngineProvider> providers = EngineChoice.of(engineIds, engines, spec);
        LibraryFolder.checkHere(providers);
        try (ScratchFolder folder = scratch.newFolder("quorumark-" + spec.name() + "-")) {
            LibraryFolder.check(folder.path(), providers);
            E found = test(providers, engines, evidence.earlier(this::read).orElseGet(this::none), folder.path());
            PrintWriter console = spec.commandLine().getOut();
            console.print(json ? ResultsJson.write(found) : text(found));
            console.flush();
            if (isBroken(found)) {
                return ExitCode.INCORRECT.code();
            }
            return allKept ? ExitCode.DONE.code() : ExitCode.HARNESS.code();
        }
    }

    final void keep(E found) {
        allKept = evidence.keep(file -> write(found, file), spec.commandLine().getErr());
    }

    final long seed() {
        return seed;
    }

    final void tell(String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(line);
        err.flush();
    }

    /**
     * The line that finds all of it again.
     *
     * @param engines that were tested, repeats included
     * @param options of this command, with their values
     */
    final String repeatedBy(List<String> engines, String... options) {
        List<String> words = new ArrayList<>(List.of(
                spec.name(),
                "--engines",
                String.join(",", engines.stream().distinct().toList())));
        words.addAll(List.of(options));
        words.addAll(List.of("--seed", Long.toString(seed)));
        words.addAll(enginePath.words());
        return Invocation.inCheckout(words);
    }
}

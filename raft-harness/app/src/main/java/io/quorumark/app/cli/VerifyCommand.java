package io.quorumark.app.cli;

import io.quorumark.results.ExitCode;
import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.fairness.FairnessFinding;
import io.quorumark.results.store.CampaignFolder;
import io.quorumark.results.store.CampaignReader;
import io.quorumark.results.store.FigureCheck;
import io.quorumark.results.store.FolderCheck;
import io.quorumark.results.store.FolderFinding;
import io.quorumark.results.store.ResultsException;
import io.quorumark.results.store.StoredCampaign;
import io.quorumark.results.text.Plural;
import io.quorumark.workload.driver.LatencyObjective;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code quorumark verify}: whether a campaign's folder can be trusted. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Check that a campaign's files, reports and decision record are what was stored and measured.",
            "No trial may be missing, trials must tell the response times of their histograms, reports and decision record must be what"
                    + " the results give, byte by byte, and trials must keep to the fairness rules."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all is as it was stored",
            "2:usage error, no campaign, or a file that may not be read",
            "3:a document was made by another version of the program, or no trial counts",
            "4:a file is damaged, edited, missing or out of date, or the campaign is incorrect",
            "5:the campaign is unfair",
            "7:a trial failed"
        },
        footer = {
            "%nExamples:",
            "  ${ROOT-COMMAND-NAME} verify results/mine",
            "  ${ROOT-COMMAND-NAME} verify results/one results/two --record decision.md"
        })
final class VerifyCommand implements Callable<Integer> {
    private static final List<ExitCode> WORST_FIRST =
            List.of(ExitCode.INCORRECT, ExitCode.UNFAIR, ExitCode.HARNESS, ExitCode.INCONCLUSIVE);

    @Parameters(arity = "0..*", paramLabel = "DIR", description = "The campaigns' folders; the current one by default.")
    private List<Path> folders = new ArrayList<>();

    @Option(
            names = "--record",
            paramLabel = "FILE",
            description =
                    "A decision record of exactly these campaigns, such as one that 'adr DIR DIR --out FILE' wrote: it is made"
                            + " again by its own rules and compared.")
    private @Nullable Path record;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        List<Analysis> campaigns = new ArrayList<>();
        List<ExitCode> codes = new ArrayList<>();
        for (Path folder : folders.isEmpty() ? List.of(Path.of(".")) : folders) {
            Analysis analysis = Analysis.of(read(folder, out));
            List<FolderFinding> differing = new ArrayList<>(FolderCheck.of(analysis.stored()));
            differing.addAll(FigureCheck.of(
                    analysis.stored(),
                    objective -> LatencyObjective.parse(objective).percentile()));
            differing.addAll(Documents.check(analysis));
            print(analysis, differing, out);
            campaigns.add(analysis);
            codes.add(exitCode(differing, analysis));
        }
        if (record != null) {
            List<FolderFinding> differing = Documents.checkRecord(campaigns, record);
            differing.forEach(out::println);
            out.printf("%s: %s%n", record, differing.isEmpty() ? "is what these campaigns give" : "differs");
            out.flush();
            codes.add(differing.isEmpty() ? ExitCode.DONE : ExitCode.INCORRECT);
        }
        return worst(codes).code();
    }

    private static StoredCampaign read(Path folder, PrintWriter out) throws IOException {
        try {
            return CampaignReader.read(folder);
        } catch (ResultsException e) {
            if (e.isDamage()) {
                FolderCheck.files(new CampaignFolder(folder)).forEach(out::println);
                out.flush();
            }
            throw e;
        }
    }

    private static void print(Analysis analysis, List<FolderFinding> differing, PrintWriter out) {
        differing.forEach(out::println);
        for (FairnessFinding finding : analysis.findings()) {
            out.println(finding.severity() + " " + finding.check() + ": " + finding.sentence());
        }
        StoredCampaign stored = analysis.stored();
        out.printf(
                "%s: %d of %s stored, %s in files and documents, %s on the trials%n",
                stored.campaign().id(),
                stored.trials().size(),
                Plural.of(stored.plannedTrials(), "trial"),
                Plural.of(differing.size(), "finding"),
                Plural.of(analysis.findings().size(), "finding"));
        analysis.unmeasured().forEach(unmeasured -> out.println(unmeasured.sentence()));
        out.flush();
    }

    /** Damage before what the trials say, that before what cannot be told. */
    private static ExitCode worst(List<ExitCode> codes) {
        return WORST_FIRST.stream().filter(codes::contains).findFirst().orElse(ExitCode.DONE);
    }

    /** The worst: damage before what the trials say, that before what cannot be told. */
    private static ExitCode exitCode(List<FolderFinding> differing, Analysis analysis) {
        List<ExitCode> codes =
                differing.stream().map(finding -> finding.kind().exitCode()).toList();
        if (codes.contains(ExitCode.INCORRECT)) {
            return ExitCode.INCORRECT;
        }
        ExitCode ofTrials = analysis.exitCode();
        return ofTrials == ExitCode.DONE && codes.contains(ExitCode.INCONCLUSIVE) ? ExitCode.INCONCLUSIVE : ofTrials;
    }
}

package io.quorumark.app.cli;

import io.quorumark.results.ExitCode;
import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.analysis.Finding;
import io.quorumark.results.store.CampaignFolder;
import io.quorumark.results.store.CampaignReader;
import io.quorumark.results.store.FolderCheck;
import io.quorumark.results.store.FolderFinding;
import io.quorumark.results.store.ResultsException;
import io.quorumark.results.store.StoredCampaign;
import io.quorumark.results.text.Plural;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code quorumark verify}: whether a campaign's folder can be trusted. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Check that a campaign's files are those that were stored, that no trial is missing, that reports and",
            "decision record are what the results give, byte by byte, and that trials keep to the fairness rules."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all is as it was stored",
            "2:usage error, or no campaign",
            "3:a document was made by another version of the program, or no trial counts",
            "4:a file is damaged, edited, missing or out of date, or the campaign is incorrect",
            "5:the campaign is unfair",
            "7:a trial failed"
        },
        footer = {"%nExample:", "  ${ROOT-COMMAND-NAME} verify results/mine"})
final class VerifyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "The campaign's folder.")
    private Path folder = Path.of(".");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        StoredCampaign stored;
        try {
            stored = CampaignReader.read(folder);
        } catch (ResultsException e) {
            if (e.isDamage()) {
                FolderCheck.files(new CampaignFolder(folder)).forEach(out::println);
                out.flush();
            }
            throw e;
        }
        Analysis analysis = Analysis.of(stored);
        List<FolderFinding> differing = new ArrayList<>(FolderCheck.of(stored));
        differing.addAll(Documents.check(analysis));
        differing.forEach(out::println);
        for (Finding finding : analysis.findings()) {
            out.println(finding.severity() + " " + finding.check() + ": " + finding.sentence());
        }
        out.printf(
                "%s: %d of %s stored, %s in files and documents, %s on the trials%n",
                stored.campaign().id(),
                stored.trials().size(),
                Plural.of(stored.plannedTrials(), "trial"),
                Plural.of(differing.size(), "finding"),
                Plural.of(analysis.findings().size(), "finding"));
        analysis.unmeasured().forEach(unmeasured -> out.println(unmeasured.sentence()));
        out.flush();
        return exitCode(differing, analysis).code();
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

package io.quorumark.app.cli;

import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.analysis.Finding;
import io.quorumark.results.store.CampaignReader;
import io.quorumark.results.store.StoredCampaign;
import io.quorumark.results.text.Plural;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code quorumark verify}: whether a campaign's folder can be trusted. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Check a campaign's files against their checksums and its trials against the fairness rules.",
        footer = {"%nExample:", "  ${ROOT-COMMAND-NAME} verify results/mine"})
final class VerifyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "The campaign's folder.")
    private Path folder = Path.of(".");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() {
        StoredCampaign stored = CampaignReader.read(folder);
        Analysis analysis = Analysis.of(stored);
        PrintWriter out = spec.commandLine().getOut();
        for (Finding finding : analysis.findings()) {
            out.println(finding.severity() + " " + finding.check() + ": " + finding.sentence());
        }
        out.printf(
                "%s: %d of %s stored, files match their checksums, %s%n",
                stored.campaign().id(),
                stored.trials().size(),
                Plural.of(stored.plannedTrials(), "trial"),
                Plural.of(analysis.findings().size(), "finding"));
        analysis.unmeasured().forEach(unmeasured -> out.println(unmeasured.sentence()));
        out.flush();
        return analysis.exitCode().code();
    }
}

package io.quorumark.app.cli;

import io.quorumark.report.adr.AdrWeights;
import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.store.CampaignReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code quorumark adr}: a draft decision record. */
@Command(
        name = "adr",
        mixinStandardHelpOptions = true,
        description = "Write adr.md, a draft decision record in MADR 4 form that cites the campaign's figures.",
        footer = {"%nExample:", "  ${ROOT-COMMAND-NAME} adr results/mine --weights weights.yaml"})
final class AdrCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "The campaign's folder.")
    private Path folder = Path.of(".");

    @Option(
            names = "--weights",
            paramLabel = "FILE",
            description = "What counts how much, such as 'throughput: 3'; see docs/adr.md.")
    private @Nullable Path weights;

    @Override
    public Integer call() throws IOException {
        AdrWeights given = weights == null ? AdrWeights.defaults() : WeightsFile.read(weights);
        Documents.writeAdr(Analysis.of(CampaignReader.read(folder)), given, weights);
        return 0;
    }
}

package io.quorumark.app.cli;

import io.quorumark.app.campaign.ProgramFile;
import io.quorumark.report.HtmlReport;
import io.quorumark.report.MarkdownReport;
import io.quorumark.report.adr.AdrDocument;
import io.quorumark.report.adr.AdrWeights;
import io.quorumark.report.page.Findings;
import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.store.AtomicFiles;
import io.quorumark.results.store.CampaignFolder;
import io.quorumark.results.store.FolderCheck;
import io.quorumark.results.store.FolderCheck.MadeAnew;
import io.quorumark.results.store.FolderFinding;
import io.quorumark.results.store.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes a campaign's documents into its folder, and checks those that lie there: pure functions of what is stored. */
final class Documents {
    private Documents() {}

    /** {@code report.html} and {@code report.md}. */
    static void writeReports(Analysis analysis) throws IOException {
        CampaignFolder folder = analysis.stored().folder();
        HtmlReport.write(analysis, folder.reportHtml());
        record(folder, folder.reportHtml());
        MarkdownReport.write(analysis, folder.reportMarkdown());
        record(folder, folder.reportMarkdown());
    }

    /**
     * {@code adr.md}.
     *
     * @param weightsFile where the weights come from; a copy is kept in the folder, so that the record can be made again. Null for the
     * defaults
     */
    static void writeAdr(Analysis analysis, AdrWeights weights, @Nullable Path weightsFile) throws IOException {
        CampaignFolder folder = analysis.stored().folder();
        AdrDocument.write(analysis, weights, folder.adr());
        keepWeights(folder, weightsFile);
        record(folder, folder.adr());
    }

    /** What differs between the documents that lie in the folder and those that its results give now. */
    static List<FolderFinding> check(Analysis analysis) throws IOException {
        CampaignFolder folder = analysis.stored().folder();
        Findings findings = Findings.of(analysis);
        List<MadeAnew> madeAnew = new ArrayList<>();
        madeAnew.add(new MadeAnew(folder.reportHtml(), HtmlReport.render(findings), UnaryOperator.identity()));
        madeAnew.add(new MadeAnew(folder.reportMarkdown(), MarkdownReport.render(findings), UnaryOperator.identity()));
        Optional<Path> keptWeights = keptWeights(folder);
        AdrWeights weights = keptWeights.isPresent() ? WeightsFile.read(keptWeights.get()) : AdrWeights.defaults();
        madeAnew.add(new MadeAnew(folder.adr(), AdrDocument.render(findings, weights), GeneratedPart::of));
        return FolderCheck.documents(folder, madeAnew, madeBy());
    }

    private static void record(CampaignFolder folder, Path document) throws IOException {
        Manifest.recordDocument(folder, document, madeBy());
    }

    private static String madeBy() throws IOException {
        return "quorumark " + ProgramFile.version()
                + ProgramFile.digest().map(digest -> ", " + digest).orElse("");
    }

    private static Optional<Path> keptWeights(CampaignFolder folder) throws IOException {
        if (!Files.isDirectory(folder.weights())) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(folder.weights())) {
            return files.filter(Files::isRegularFile).sorted().findFirst();
        }
    }

    /** Leaves it as the only file of its folder, or no folder. */
    private static void keepWeights(CampaignFolder folder, @Nullable Path weightsFile) throws IOException {
        if (weightsFile == null) {
            removeWeightsBut(folder, "");
            Files.deleteIfExists(folder.weights());
            return;
        }
        String name = String.valueOf(weightsFile.getFileName());
        Path kept = folder.weights().resolve(name);
        if (!Files.exists(kept) || !Files.isSameFile(kept, weightsFile)) {
            Files.createDirectories(folder.weights());
            AtomicFiles.copy(weightsFile, kept);
        }
        removeWeightsBut(folder, name);
    }

    private static void removeWeightsBut(CampaignFolder folder, String name) throws IOException {
        if (!Files.isDirectory(folder.weights())) {
            return;
        }
        try (Stream<Path> files = Files.list(folder.weights())) {
            for (Path file : files.filter(each -> !each.endsWith(name)).toList()) {
                Files.delete(file);
            }
        }
    }
}

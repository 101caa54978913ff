package io.quorumark.app.cli;

import io.quorumark.campaign.ProgramFile;
import io.quorumark.campaign.support.UsageError;
import io.quorumark.report.HtmlReport;
import io.quorumark.report.MarkdownReport;
import io.quorumark.report.adr.AdrDocument;
import io.quorumark.report.adr.EditedRecordException;
import io.quorumark.report.page.PageView;
import io.quorumark.report.page.ReportContent;
import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.decision.Assumptions;
import io.quorumark.results.decision.Decision;
import io.quorumark.results.decision.DecisionRules;
import io.quorumark.results.decision.Decisions;
import io.quorumark.results.decision.Evidence;
import io.quorumark.results.decision.RulesSource;
import io.quorumark.results.store.AtomicFiles;
import io.quorumark.results.store.CampaignFolder;
import io.quorumark.results.store.FolderCheck;
import io.quorumark.results.store.FolderCheck.MadeAnew;
import io.quorumark.results.store.FolderFinding;
import io.quorumark.results.store.Manifest;
import io.quorumark.results.store.ResultsException;
import io.quorumark.results.store.Sha256;
import io.quorumark.workload.spec.SpecException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes documents of campaigns, and checks those that lie in a folder: pure functions of what is stored, and of the rules that a reader
 * gives.
 */
final class Documents {
    private Documents() {}

    /** {@code report.html} and {@code report.md}, each whole or as it was. The program's own file is read while they are drawn. */
    static void writeReports(ReportContent content) throws IOException {
        CampaignFolder folder = content.analysis().stored().folder();
        // what cannot be recorded is not written
        Manifest.in(folder);
        FutureTask<String> madeBy = new FutureTask<>(ProgramFile::described);
        Thread reader = new Thread(madeBy, "program file");
        reader.setDaemon(true);
        reader.start();
        PageView view = PageView.of(content);
        String html = HtmlReport.render(content, view);
        String markdown = MarkdownReport.render(view);
        AtomicFiles.write(folder.reportHtml(), html);
        AtomicFiles.write(folder.reportMarkdown(), markdown);
        Manifest.recordDocuments(folder, List.of(folder.reportHtml(), folder.reportMarkdown()), readBy(madeBy));
    }

    private static String readBy(FutureTask<String> reader) throws IOException {
        try {
            return reader.get();
        } catch (ExecutionException e) {
            String reason = e.getCause() instanceof IOException failure
                    ? AtomicFiles.reason(failure)
                    : String.valueOf(e.getCause());
            throw new IOException("the program's own file cannot be read: " + reason, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("interrupted while a report was recorded");
            interrupted.initCause(e);
            throw interrupted;
        }
    }

    /**
     * A decision record, or the generated parts of one that is there.
     *
     * @param decisions of the campaigns that it rests on
     * @param weightsFile the rules; beside a record in a campaign's folder a copy is kept. Null for those of the record that is there,
     * and for the defaults if there is none
     * @param file where links to it have been followed, or the campaign's own
     * @param force whether a record that was edited in its generated part is replaced
     * @return the copy of a replaced record, if one was kept
     * @throws UsageError the record was edited in its generated part, or beside the kept weights lie others
     */
    static Optional<Path> writeAdr(Decisions decisions, @Nullable WeightsFile weightsFile, Path file, boolean force)
            throws IOException {
        CampaignFolder folder = decisions.evidence().campaigns().get(0).stored().folder();
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new UsageError(
                    "'" + file + "' is no file, and a record is read before it is written; move it out of the way");
        }
        DecisionRules given = weightsFile != null ? weightsFile.rules() : rulesOf(file);
        boolean isOwnRecord = isRecordOf(folder, file);
        boolean keepsWeights =
                isOwnRecord && (weightsFile != null || given.source().equals(RulesSource.DEFAULTS));
        if (isOwnRecord) {
            Manifest.in(folder);
        }
        if (keepsWeights) {
            requireNothingOfPeople(folder, weightsFile);
        }
        Optional<Path> copy;
        try {
            copy = AdrDocument.write(decisions.by(given), file, force);
        } catch (EditedRecordException e) {
            throw new UsageError(String.valueOf(e.getMessage()), e);
        }
        if (keepsWeights) {
            keepWeights(folder, weightsFile);
        }
        if (isOwnRecord) {
            Manifest.recordDocuments(folder, List.of(folder.adr()), ProgramFile.described());
        }
        return copy;
    }

    /** Whether that is the record in the campaign's own folder, however its path is written. */
    private static boolean isRecordOf(CampaignFolder folder, Path file) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        return parent != null
                && Files.exists(parent)
                && Files.isSameFile(parent, folder.root())
                && Objects.equals(file.getFileName(), folder.adr().getFileName());
    }

    /** @throws UsageError a campaign was given twice */
    static Evidence evidence(List<Analysis> campaigns) {
        try {
            return Evidence.of(campaigns);
        } catch (IllegalArgumentException e) {
            throw new UsageError(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * What a record takes for granted.
     *
     * @throws UsageError the file is no record, or was edited
     */
    static Assumptions assumptions(Path file) throws IOException {
        try {
            return AdrDocument.assumptions(file);
        } catch (EditedRecordException | ResultsException e) {
            throw new UsageError(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * With which a record was decided.
     *
     * @throws UsageError they name what this version does not know
     */
    static DecisionRules rules(Assumptions recorded, Path file) {
        try {
            return recorded.decisionRules();
        } catch (IllegalArgumentException e) {
            throw new UsageError(
                    file + ": its rules cannot be used (" + e.getMessage() + "); write the record anew", e);
        }
    }

    private static DecisionRules rulesOf(Path file) throws IOException {
        try {
            return AdrDocument.assumptionsIfWhole(file)
                    .map(Assumptions::decisionRules)
                    .orElseGet(DecisionRules::defaults);
        } catch (ResultsException | IllegalArgumentException e) {
            throw new UsageError(
                    file + ": its rules cannot be used again (" + e.getMessage() + "); give them with --weights", e);
        }
    }

    /** What differs between the documents that lie in the folder and those that its results give now. */
    static List<FolderFinding> check(Analysis analysis) throws IOException {
        CampaignFolder folder = analysis.stored().folder();
        ReportContent content = ReportContent.of(analysis);
        PageView view = PageView.of(content);
        List<MadeAnew> madeAnew = new ArrayList<>();
        List<FolderFinding> findings = new ArrayList<>();
        madeAnew.add(new MadeAnew(folder.reportHtml(), HtmlReport.render(content, view), UnaryOperator.identity()));
        madeAnew.add(new MadeAnew(folder.reportMarkdown(), MarkdownReport.render(view), UnaryOperator.identity()));
        Optional<Assumptions> recorded = AdrDocument.assumptionsIfWhole(folder.adr());
        // a record of several campaigns cannot be made again from one of them
        if (recorded.isEmpty() || recorded.get().campaigns().size() == 1) {
            try {
                Decision decision = content.decisions().by(keptRules(folder, recorded));
                madeAnew.add(new MadeAnew(folder.adr(), AdrDocument.render(decision), GeneratedPart::of));
            } catch (SpecException e) {
                findings.add(new FolderFinding(
                        FolderFinding.Kind.EDITED,
                        CampaignFolder.WEIGHTS,
                        "holds weights that cannot be read, so that the record cannot be made again (" + e.getMessage()
                                + "); restore them from a copy"));
            }
        }
        findings.addAll(FolderCheck.documents(
                folder,
                madeAnew,
                ProgramFile.described(),
                ProgramFile.described(analysis.stored().campaign().software())));
        return findings;
    }

    /**
     * What differs between a record and the one that these campaigns give by the record's own rules.
     *
     * @throws UsageError the file is no record, or rests on other campaigns
     */
    static List<FolderFinding> checkRecord(List<Analysis> campaigns, Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new UsageError(
                    "--record is '" + file + "', and there is no such file; expected a record that adr wrote");
        }
        Optional<Assumptions> whole = AdrDocument.assumptionsIfWhole(file);
        if (whole.isEmpty()) {
            return List.of(new FolderFinding(
                    FolderFinding.Kind.EDITED,
                    file.toString(),
                    "was edited in its generated part, or is no record; make it again with adr"));
        }
        Assumptions recorded = whole.get();
        List<String> ids = recorded.campaigns().stream()
                .map(Assumptions.MeasuredOn::campaign)
                .toList();
        Map<String, Analysis> given = new LinkedHashMap<>();
        campaigns.forEach(each -> given.put(each.stored().campaign().id(), each));
        if (!given.keySet().equals(Set.copyOf(ids))) {
            throw new UsageError(file + " rests on " + String.join(", ", ids) + ", and given are "
                    + String.join(", ", given.keySet()) + "; name the folders of exactly its campaigns");
        }
        List<Analysis> inOrder =
                ids.stream().flatMap(id -> Stream.ofNullable(given.get(id))).toList();
        Decision decision = Decision.of(evidence(inOrder), rules(recorded, file));
        boolean same = GeneratedPart.of(AdrDocument.text(file)).equals(GeneratedPart.of(AdrDocument.render(decision)));
        return same
                ? List.of()
                : List.of(new FolderFinding(
                        FolderFinding.Kind.EDITED,
                        file.toString(),
                        "is not what its campaigns give: it was edited, they have changed, or another version of the program made"
                                + " it"));
    }

    /** The rules of the kept weights file, with the date that the record gives it: a copy is younger. */
    private static DecisionRules keptRules(CampaignFolder folder, Optional<Assumptions> recorded) throws IOException {
        Optional<Path> kept = keptWeights(folder);
        if (kept.isEmpty()) {
            return DecisionRules.defaults();
        }
        DecisionRules rules = WeightsFile.read(kept.get()).rules();
        return rules.from(new RulesSource(
                rules.source().name(),
                rules.source().sha256(),
                recorded.map(each -> Optional.ofNullable(each.rules().modifiedAt()))
                        .orElse(rules.source().modifiedAt())));
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
    private static void keepWeights(CampaignFolder folder, @Nullable WeightsFile weightsFile) throws IOException {
        if (weightsFile == null) {
            removeWeightsBut(folder, "");
            Files.deleteIfExists(folder.weights());
            return;
        }
        removeWeightsBut(folder, weightsFile.keepIn(folder.weights()));
    }

    /** What is kept is replaced; what somebody has put there, or edited, would be lost. */
    private static void requireNothingOfPeople(CampaignFolder folder, @Nullable WeightsFile weightsFile)
            throws IOException {
        if (!Files.isDirectory(folder.weights())) {
            return;
        }
        Map<String, String> recorded = Manifest.in(folder).map(Manifest::files).orElse(Map.of());
        try (Stream<Path> files = Files.list(folder.weights())) {
            for (Path file : files.toList()) {
                String name = CampaignFolder.WEIGHTS + "/" + file.getFileName();
                boolean isGiven = weightsFile != null && weightsFile.isAt(file);
                boolean isKept =
                        Files.isRegularFile(file) && Sha256.ofFile(file).equals(recorded.get(name));
                if (!isGiven && !isKept) {
                    throw new UsageError("'" + file
                            + "' is not what 'adr' keeps there, and would be lost; give it with --weights, or"
                            + " move it out of the campaign's folder");
                }
            }
        }
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

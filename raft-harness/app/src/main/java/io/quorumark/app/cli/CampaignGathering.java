package io.quorumark.app.cli;

import io.quorumark.report.index.CampaignCard;
import io.quorumark.report.index.CampaignDocuments;
import io.quorumark.report.index.CampaignIndex;
import io.quorumark.report.index.LeftOutFolder;
import io.quorumark.report.text.RelativeLink;
import io.quorumark.results.ExitCode;
import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.store.CampaignFolder;
import io.quorumark.results.store.CampaignReader;
import io.quorumark.results.store.ResultsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Reads campaigns into an index one after the other, and keeps in mind what could not be read. Lives as long as one command. */
final class CampaignGathering {
    private static final List<ExitCode> WORST_FIRST =
            List.of(ExitCode.INCORRECT, ExitCode.HARNESS, ExitCode.USAGE, ExitCode.INCONCLUSIVE);

    private final Path root;
    private final Path pageFolder;
    private final Consumer<String> told;
    private final List<CampaignCard> cards = new ArrayList<>();
    private final List<LeftOutFolder> leftOut = new ArrayList<>();
    private final Set<ExitCode> codes = EnumSet.noneOf(ExitCode.class);

    /**
     * @param root below which campaigns lie
     * @param pageFolder from which links lead, without symbolic links
     * @param told a line for each folder that is left out
     */
    CampaignGathering(Path root, Path pageFolder, Consumer<String> told) {
        this.root = root;
        this.pageFolder = pageFolder;
        this.told = told;
    }

    /** Reads a campaign, or leaves it out if it is damaged, may not be read, or is of another version. */
    void add(Path campaign) throws IOException {
        CampaignFolder files = new CampaignFolder(campaign);
        try {
            cards.add(CampaignCard.of(
                    Analysis.of(CampaignReader.read(campaign)),
                    new CampaignDocuments(shown(campaign), link(files.reportHtml()), link(files.adr()))));
        } catch (ResultsException e) {
            leaveOut(campaign, within(campaign, String.valueOf(e.getMessage())), exitCode(e));
        }
    }

    private static ExitCode exitCode(ResultsException refused) {
        if (refused.isDamage()) {
            return ExitCode.INCORRECT;
        }
        return refused.isOtherVersion() ? ExitCode.INCONCLUSIVE : ExitCode.USAGE;
    }

    void leaveOutUnreadable(Path place) {
        leaveOut(place, "cannot be searched; check its permissions", ExitCode.HARNESS);
    }

    CampaignIndex index(String version) {
        return CampaignIndex.of(version, cards, leftOut);
    }

    /** The worst of what was left out. */
    ExitCode exitCode() {
        return WORST_FIRST.stream().filter(codes::contains).findFirst().orElse(ExitCode.DONE);
    }

    /** @param code what it means for the command */
    void leaveOut(Path place, String problem, ExitCode code) {
        codes.add(code);
        String line = CommandLines.oneLine(problem);
        leftOut.add(new LeftOutFolder(shown(place), line));
        told.accept(place + ": " + line);
    }

    /** As seen from the root, so that it does not depend on where the command runs. */
    private String shown(Path place) {
        String below = StreamSupport.stream(root.relativize(place).spliterator(), false)
                .map(Path::toString)
                .collect(Collectors.joining("/"));
        return below.isEmpty() ? "." : below;
    }

    /** A message begins with the file that it is about. */
    private static String within(Path campaign, String message) {
        for (String prefix : List.of(campaign + campaign.getFileSystem().getSeparator(), campaign + ": ")) {
            if (message.startsWith(prefix)) {
                return message.substring(prefix.length());
            }
        }
        return message;
    }

    private Optional<String> link(Path document) throws IOException {
        return Files.isRegularFile(document)
                ? Optional.of(RelativeLink.of(pageFolder, document.toRealPath()))
                : Optional.empty();
    }
}

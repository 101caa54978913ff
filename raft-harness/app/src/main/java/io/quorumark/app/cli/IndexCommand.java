package io.quorumark.app.cli;

import io.quorumark.app.PathEncoding;
import io.quorumark.campaign.ProgramFile;
import io.quorumark.campaign.support.OutputPath;
import io.quorumark.campaign.support.UsageError;
import io.quorumark.report.index.CampaignIndex;
import io.quorumark.report.index.IndexHtml;
import io.quorumark.report.index.IndexJson;
import io.quorumark.report.index.IndexMarkdown;
import io.quorumark.results.ExitCode;
import io.quorumark.results.store.CampaignFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code quorumark index}: one page over many campaigns. */
@Command(
        name = "index",
        mixinStandardHelpOptions = true,
        description = {
            "Write one page over all campaigns below a folder: of each what its report says first, gates, trials and a link to it.",
            "Campaigns stand by machine. Folders that cannot be read are named and left out."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all campaigns are in the index",
            "2:usage error, no campaign below the folder, or one that may not be read was left out",
            "3:a campaign of another format version was left out",
            "4:a damaged campaign was left out",
            "7:a folder could not be searched, or the index could not be written"
        },
        footer = {
            "%nExamples:",
            "  ${ROOT-COMMAND-NAME} index results",
            "  ${ROOT-COMMAND-NAME} index results --out all.html --markdown all.md",
            "  ${ROOT-COMMAND-NAME} index --json results"
        })
final class IndexCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "The folder that campaigns lie below, at any depth.")
    private Path folder = Path.of(".");

    @Option(names = "--out", paramLabel = "FILE", description = "The page; index.html in the folder by default.")
    private @Nullable Path out;

    @Option(names = "--markdown", paramLabel = "FILE", description = "Write the same as Markdown here.")
    private @Nullable Path markdown;

    @Option(
            names = "--json",
            description = "Print the index as JSON, for programs, and write no page but that of --out.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        CampaignSearch found = CampaignSearch.below(folder);
        OutputFiles<CampaignIndex> outputs = new OutputFiles<>();
        OutputPath page = page();
        if (page != null) {
            check(page, IndexHtml::isIndex);
            outputs.add(page, IndexHtml::write);
        }
        if (markdown != null) {
            OutputPath path = OutputPath.of("--markdown", markdown);
            check(path, IndexMarkdown::isIndex);
            outputs.add(path, IndexMarkdown::write);
        }
        if (found.campaigns().isEmpty()) {
            throw new UsageError(
                    "'" + folder + "' has no campaign.json at any depth that can be searched, expected folders"
                            + " that the command run has written; check the path and its permissions");
        }
        // links start where the page will lie, or, if that is nowhere, where the search began
        Path place = page == null || page.isStream() ? folder : parent(page);
        CampaignGathering gathering =
                new CampaignGathering(folder, place.toRealPath(), sentence -> LeftOut.say(spec, sentence));
        found.unreadable().forEach(gathering::leaveOutUnreadable);
        for (Path campaign : found.campaigns()) {
            if (PathEncoding.canName(campaign)) {
                gathering.add(campaign);
            } else {
                gathering.leaveOut(campaign, PathEncoding.problem(campaign.toString()), ExitCode.HARNESS);
            }
        }
        CampaignIndex index = gathering.index(ProgramFile.version());
        PrintWriter terminal = outputs.terminal(spec);
        terminal.print(json || page == null ? IndexJson.render(index) : page.given() + ": " + index.summary() + "\n");
        terminal.flush();
        boolean allWritten = outputs.write(index, spec.commandLine().getErr());
        boolean unwritten = !allWritten && gathering.exitCode() != ExitCode.INCORRECT;
        return (unwritten ? ExitCode.HARNESS : gathering.exitCode()).code();
    }

    /** Null if no page is written. */
    private @Nullable OutputPath page() {
        if (out != null) {
            return OutputPath.of("--out", out);
        }
        return json ? null : OutputPath.stored("--out", folder.resolve("index.html"));
    }

    private static Path parent(OutputPath page) {
        return Objects.requireNonNull(page.target().getParent());
    }

    /** Whether a file that is there is an index, which may be replaced; an empty one is nobody's. */
    private interface IsIndex {
        boolean test(Path file) throws IOException;
    }

    /** Refuses to replace what this command has not written, and to put a file where {@code verify} would find one too many. */
    private static void check(OutputPath page, IsIndex isIndex) throws IOException {
        if (page.isStream()) {
            return;
        }
        if (Files.exists(new CampaignFolder(parent(page)).campaignJson(), LinkOption.NOFOLLOW_LINKS)) {
            throw new UsageError("the index would be '" + page.given()
                    + "', in the folder of a campaign, where verify would find a file too many; name another with "
                    + page.option());
        }
        if (Files.exists(page.target()) && !isReplaceable(page.target(), isIndex)) {
            throw new UsageError("the index would be '" + page.given()
                    + "', which is there and is no index that this command wrote; name another with "
                    + page.option());
        }
    }

    private static boolean isReplaceable(Path file, IsIndex isIndex) throws IOException {
        return !Files.isDirectory(file) && (Files.size(file) == 0 || isIndex.test(file));
    }
}

package io.quorumark.app.cli;

import io.quorumark.campaign.support.OutputPath;
import io.quorumark.campaign.support.UsageError;
import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.decision.Assumptions;
import io.quorumark.results.decision.Decision;
import io.quorumark.results.decision.Decisions;
import io.quorumark.results.decision.RecordCheck;
import io.quorumark.results.store.CampaignFolder;
import io.quorumark.results.store.CampaignReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code quorumark adr}: a draft decision record, or whether one still holds. */
@Command(
        name = "adr",
        mixinStandardHelpOptions = true,
        description = {
            "Write adr.md, a draft decision record in MADR 4 form that cites the campaigns' figures, or renew the generated parts of"
                    + " one and keep every other word.",
            "With --check, tell whether a record still holds: exit code 0 if it does, 3 if it is fragile, 1 if it is overturned, 6 if"
                    + " that cannot be told."
        },
        footer = {
            "%nExamples:",
            "  ${ROOT-COMMAND-NAME} adr results/mine --weights weights.yaml",
            "  ${ROOT-COMMAND-NAME} adr results/rates results/lifecycle --out adr.md",
            "  ${ROOT-COMMAND-NAME} adr --check adr.md --against results/later"
        })
final class AdrCommand implements Callable<Integer> {
    @Parameters(arity = "0..*", paramLabel = "DIR", description = "The campaigns' folders; the current one by default.")
    private List<Path> folders = new ArrayList<>();

    @Option(
            names = "--weights",
            paramLabel = "FILE",
            description =
                    "What counts how much, such as 'throughput: 3'; see docs/adr.md. Without it those of the record that is"
                            + " there, or the defaults.")
    private @Nullable Path weights;

    @Option(names = "--out", paramLabel = "FILE", description = "The record; adr.md in the first folder by default.")
    private @Nullable Path out;

    @Option(
            names = "--force",
            description = "Replace a record that was edited in its generated parts; a copy is kept beside it.")
    private boolean force;

    @Option(names = "--check", paramLabel = "FILE", description = "A record, to be held against --against.")
    private @Nullable Path check;

    @Option(
            names = "--against",
            arity = "1..*",
            paramLabel = "DIR",
            description = "The folders of later campaigns that --check looks at.")
    private List<Path> against = new ArrayList<>();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (check != null) {
            return check(check);
        }
        if (!against.isEmpty()) {
            throw new UsageError("--against is given without --check; name the record with --check FILE");
        }
        List<Path> given = folders.isEmpty() ? List.of(Path.of(".")) : folders;
        WeightsFile weightsFile = weights == null ? null : WeightsFile.read(weights);
        Path named = out == null ? null : record(out, given);
        List<Analysis> campaigns = read(given);
        Path file = named != null ? named : campaigns.get(0).stored().folder().adr();
        Optional<Path> copy =
                Documents.writeAdr(new Decisions(Documents.evidence(campaigns)), weightsFile, file, force);
        copy.ifPresent(kept -> {
            spec.commandLine().getErr().println("quorumark: the edited record is kept as " + kept);
            spec.commandLine().getErr().flush();
        });
        return 0;
    }

    /** Where the record goes: anywhere but over what a campaign has stored, or over the weights. */
    private Path record(Path named, List<Path> campaigns) {
        OutputPath path = OutputPath.of(
                        "--out", named, (campaign, file) -> file.equals(campaign.adr()) && isGiven(campaign, campaigns))
                .requireFile("a record is read before it is written");
        if (weights != null) {
            path.requireOtherThan("--weights", weights);
        }
        return path.target();
    }

    private static boolean isGiven(CampaignFolder campaign, List<Path> folders) {
        return folders.stream().anyMatch(folder -> {
            try {
                return Files.isSameFile(folder, campaign.root());
            } catch (IOException e) {
                return false; // told when it is read
            }
        });
    }

    private Integer check(Path file) throws IOException {
        if (against.isEmpty()) {
            throw new UsageError("--check needs campaigns to hold the record against; name them with --against DIR");
        }
        if (!folders.isEmpty() || weights != null || out != null || force) {
            throw new UsageError("--check takes --against and nothing else: a record is checked by its own rules");
        }
        if (!Files.isRegularFile(file)) {
            throw new UsageError(
                    "--check is '" + file + "', and there is no such file; expected a record that adr wrote");
        }
        Assumptions recorded = Documents.assumptions(file);
        RecordCheck result = RecordCheck.of(recorded, decided(recorded, file));
        PrintWriter terminal = spec.commandLine().getOut();
        terminal.println(result.answer().words() + (recorded.outcome() == null ? "" : ": " + recorded.outcome()));
        result.reasons().forEach(reason -> terminal.println("  " + reason));
        result.moved().forEach(moved -> terminal.println("  moved: " + moved));
        terminal.flush();
        return result.answer().exitCode().code();
    }

    private Decision decided(Assumptions recorded, Path file) {
        return Decision.of(Documents.evidence(read(against)), Documents.rules(recorded, file));
    }

    private static List<Analysis> read(List<Path> folders) {
        return folders.stream().map(CampaignReader::read).map(Analysis::of).toList();
    }
}

package io.quorumark.app.cli;

import io.quorumark.campaign.support.OutputPath;
import io.quorumark.campaign.support.UsageError;
import io.quorumark.results.store.CampaignFolder;
import io.quorumark.results.store.ResultsException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a long command keeps what it has found so far, so that an interrupted one goes on from there. */
final class EvidenceOptions {
    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where the evidence goes as JSON; written anew after every finding.")
    private @Nullable Path out;

    @Option(
            names = "--resume",
            description =
                    "Go on from what --out holds: a finding that is asked for and stands in it, of the same version, counts and"
                            + " seed, is not made again, and all others in it stay.")
    private boolean resume;

    /** Looked at by {@link #check}. */
    private final OutputFiles<Keeping> outputs = new OutputFiles<>();

    private @Nullable Path file;

    /** Writes what is found by now. */
    interface Keeping {
        void to(Path file) throws IOException;
    }

    /**
     * Refuses what cannot be written, or gone on from.
     *
     * @param own the file of such evidence in the folder of a campaign
     */
    void check(Function<CampaignFolder, Path> own, EnginePathOption enginePath) {
        if (resume && out == null) {
            throw new UsageError("--resume is given without --out; name the file to go on from");
        }
        if (out != null) {
            OutputPath path = OutputPath.of("--out", out, (campaign, each) -> each.equals(own.apply(campaign)))
                    .requireFile("evidence is written anew after every finding");
            outputs.add(path, Keeping::to);
            enginePath.keepIn(outputs);
            file = path.target();
        }
    }

    /**
     * What an earlier run has found, if this one goes on from it.
     *
     * @throws ResultsException the file cannot be read
     */
    <E> Optional<E> earlier(Function<Path, E> reading) {
        return resume && file != null && Files.exists(file) ? Optional.of(reading.apply(file)) : Optional.empty();
    }

    /**
     * Keeps what is found by now, if it is to be kept.
     *
     * @param err told why if that fails
     * @return whether nothing failed
     */
    boolean keep(Keeping writing, PrintWriter err) {
        return outputs.write(writing, err);
    }
}

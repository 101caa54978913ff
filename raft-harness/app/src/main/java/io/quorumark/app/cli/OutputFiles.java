package io.quorumark.app.cli;

import io.quorumark.campaign.support.OutputPath;
import io.quorumark.campaign.support.UsageError;
import io.quorumark.results.store.ResultsException;
import io.quorumark.results.store.Streams;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The files that a command's options ask for: looked at before the work, written after its answer was printed, so that neither a
 * missing folder costs the work nor a full device the answer. Links that lead to them are followed when they are looked at, and never
 * again.
 *
 * @param <A> the answer that they are made of
 */
final class OutputFiles<A> {
    private final List<Output<A>> outputs = new ArrayList<>();

    private record Output<A>(OutputPath path, Writing<? super A> writing) {}

    /** Writes one file. */
    interface Writing<A> {
        void write(A answer, Path file) throws IOException;
    }

    /**
     * Looks at a file, and keeps in mind how it is written.
     *
     * @param file null if the option was not given
     * @throws UsageError it cannot be written, is another output's, or belongs to a campaign
     */
    OutputFiles<A> add(String option, @Nullable Path file, Writing<? super A> writing) {
        return file == null ? this : add(OutputPath.of(option, file), writing);
    }

    /** The same for a file that was looked at. */
    OutputFiles<A> add(OutputPath path, Writing<? super A> writing) {
        outputs.add(new Output<>(path, writing));
        OutputPath.requireApart(outputs.stream().map(Output::path).toList());
        return this;
    }

    /**
     * Refuses to lose a file that the command reads.
     *
     * @param what how messages call it, such as its option
     * @param file null if there is none
     * @throws UsageError it is one of the outputs that were added
     */
    OutputFiles<A> keep(String what, @Nullable Path file) {
        if (file != null) {
            outputs.forEach(output -> output.path().requireOtherThan(what, file));
        }
        return this;
    }

    /**
     * Where the command says what it has to say itself: standard output, unless an option has asked for a document there, which is then
     * all that stands there.
     */
    PrintWriter terminal(CommandSpec spec) {
        boolean isTaken = outputs.stream()
                .anyMatch(output -> Streams.isStandardOutput(output.path().target()));
        return isTaken ? spec.commandLine().getErr() : spec.commandLine().getOut();
    }

    /**
     * Writes them all, whatever happens to one of them.
     *
     * @param err told a line for each that could not be written
     * @return whether all were written
     */
    boolean write(A answer, PrintWriter err) {
        boolean allWritten = true;
        for (Output<A> output : outputs) {
            try {
                output.writing().write(answer, output.path().target());
            } catch (IOException | ResultsException e) {
                err.println("quorumark: " + output.path().option() + ": " + e.getMessage());
                allWritten = false;
            }
        }
        err.flush();
        return allWritten;
    }
}

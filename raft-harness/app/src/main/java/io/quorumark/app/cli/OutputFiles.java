package io.quorumark.app.cli;

import io.quorumark.campaign.support.UsageError;
import io.quorumark.results.store.AtomicFiles;
import io.quorumark.results.store.ResultsException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files that a command's options ask for: looked at before the work, written after its answer was printed, so that neither a
 * missing folder costs the work nor a full device
 * the answer.
 */
final class OutputFiles {
    private final List<Output> outputs = new ArrayList<>();

    private record Output(String option, Path file, Writing writing) {}

    /** Writes one file. */
    interface Writing {
        void to(Path file) throws IOException;
    }

    /**
     * Refuses a file that cannot be written.
     *
     * @param file null if the option was not given
     * @throws UsageError its folder is missing or cannot be written, or the file is a folder
     */
    static void check(String option, @Nullable Path file) {
        if (file == null) {
            return;
        }
        if (AtomicFiles.isStream(file)) {
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file) || folder == null) {
            throw new UsageError(option + " is '" + file + "', which is a folder; name a file in it");
        }
        if (!Files.isDirectory(folder)) {
            throw new UsageError(option + " is '" + file + "', and there is no folder '" + folder + "'; make it first");
        }
        if (!Files.isWritable(folder) || (Files.exists(file) && !Files.isWritable(file))) {
            throw new UsageError(option + " is '" + file + "', which cannot be written; correct the permissions of '"
                    + (Files.isWritable(folder) ? file : folder) + "'");
        }
    }

    /**
     * Refuses one file for two options, of which the second would replace what the first has written.
     *
     * @param files by option
     * @throws UsageError two are the same
     */
    static void checkApart(Map<String, Path> files) {
        Map<Path, String> options = new HashMap<>();
        files.forEach((option, file) -> {
            String other = options.put(file.toAbsolutePath().normalize(), option);
            if (other != null && !AtomicFiles.isStream(file)) {
                throw new UsageError(other + " and " + option + " both are '" + file + "'; name two files");
            }
        });
    }

    /** Checks a file now and keeps in mind how it is written. */
    OutputFiles add(String option, @Nullable Path file, Writing writing) {
        check(option, file);
        if (file != null) {
            outputs.add(new Output(option, file, writing));
        }
        return this;
    }

    /**
     * Writes them all, whatever happens to one of them.
     *
     * @param err told a line for each that could not be written
     * @return whether all were written
     */
    boolean write(PrintWriter err) {
        boolean allWritten = true;
        for (Output output : outputs) {
            try {
                output.writing().to(output.file());
            } catch (IOException | ResultsException e) {
                err.println("quorumark: " + output.option() + ": " + e.getMessage());
                allWritten = false;
            }
        }
        err.flush();
        return allWritten;
    }
}

package io.quorumark.campaign.trial;

import io.quorumark.campaign.host.ChildEnd;
import io.quorumark.campaign.support.ChildJvm;
import io.quorumark.campaign.support.HarnessException;
import io.quorumark.campaign.trial.Deployment.ReplicaContent;
import io.quorumark.results.store.AtomicFiles;
import io.quorumark.results.store.ResultsJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * An engine in a JVM of its own ({@link EngineOpening}), with the flags of this one. Closing kills it, as {@code kill -9} does. For one
 * thread.
 */
final class OpenedEngine implements AutoCloseable {
    private static final Duration CLOSE_PATIENCE = Duration.ofMinutes(10);

    private final Process process;
    private final BufferedReader lines;

    private OpenedEngine(Process process) {
        this.process = process;
        this.lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /**
     * @param folder for what the JVM needs besides the engine's own folder
     * @param mode what it does after opening
     */
    static OpenedEngine start(TrialSpec spec, Path folder, String mode) throws IOException {
        Path specFile = folder.resolve("opening.json");
        AtomicFiles.write(specFile, ResultsJson.write(spec));
        List<String> flags =
                new ArrayList<>(ManagementFactory.getRuntimeMXBean().getInputArguments());
        flags.removeIf(flag -> flag.startsWith("-Djava.io.tmpdir=") || flag.startsWith("-Dlmdbjava.extract.dir="));
        List<String> command = ChildJvm.command(
                flags,
                Files.createDirectories(folder.resolve("tmp")),
                EngineOpening.class.getName(),
                List.of(specFile.toString(), mode));
        return new OpenedEngine(new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Waits for what the JVM says next: a word, and how long it took. */
    long nanos(String word) throws IOException {
        return Long.parseLong(next(word)[0]);
    }

    /** Waits for the digest of all that is there. */
    ReplicaContent content() throws IOException {
        String[] told = next("content");
        return new ReplicaContent(told[0], Long.parseLong(told[1]));
    }

    /** Waits until it has closed the engine and ended. */
    void awaitEnd() {
        int status = ChildEnd.within(CLOSE_PATIENCE, process, "the JVM that opened the engine");
        if (status != 0) {
            throw new HarnessException("the JVM that opened the engine ended with status " + status
                    + "; what it said is in the trial's log");
        }
    }

    /** Lines of others, such as an engine's library, are passed over. */
    private String[] next(String word) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(EngineOpening.PREFIX + word + " ")) {
                return line.substring(EngineOpening.PREFIX.length() + word.length() + 1)
                        .split(" ");
            }
            System.err.println(line);
        }
        throw new HarnessException(
                "the JVM that opens the engine ended before it was '" + word + "'; what it said is in the trial's log");
    }

    @Override
    public void close() throws IOException {
        ChildEnd.byKilling(process, "the JVM that opened the engine");
        lines.close();
    }
}

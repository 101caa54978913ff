package io.quorumark.engine.durability;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineProvider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs the writing process with {@code trace.c} preloaded, which it compiles with the system's C compiler. */
public final class Recorder {
    private static final List<String> COMPILERS = List.of("cc", "gcc", "clang");
    private static final long COMPILE_SECONDS = 60;

    private final Path library;

    private Recorder(Path library) {
        this.library = library;
    }

    /**
     * Compiles the library into {@code folder}.
     *
     * @return nothing where this system has no C compiler, or is not Linux
     */
    public static Optional<Recorder> compileInto(Path folder) throws IOException, InterruptedException {
        if (!System.getProperty("os.name").equals("Linux")) {
            return Optional.empty();
        }
        Path source = folder.resolve("trace.c");
        try (InputStream in = Recorder.class.getResourceAsStream("trace.c")) {
            Files.write(source, Objects.requireNonNull(in, "trace.c").readAllBytes());
        }
        Path library = folder.resolve("trace.so");
        for (String compiler : COMPILERS) {
            if (compiles(compiler, source, library)) {
                return Optional.of(new Recorder(library));
            }
        }
        return Optional.empty();
    }

    /** Why {@link #compileInto} may give nothing, and what helps. */
    public static String whatIsMissing() {
        return "power cuts are simulated on Linux with a C compiler; none of " + COMPILERS
                + " works here: install one (Debian: apt-get install gcc libc6-dev)";
    }

    private static boolean compiles(String compiler, Path source, Path library)
            throws IOException, InterruptedException {
        ProcessBuilder command = new ProcessBuilder(
                compiler, "-shared", "-fPIC", "-O2", "-o", library.toString(), source.toString(), "-ldl", "-lpthread");
        command.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        Process process;
        try {
            process = command.start();
        } catch (IOException absent) {
            return false;
        }
        return process.waitFor(COMPILE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    /** What {@link #acknowledgements} writes to, under the recorded folder. */
    static Path acknowledgements(Path root) {
        return root.resolve("acknowledged");
    }

    /** Where a process that came to its end left how many syncs its engine counted per batch; not a number where the engine does not count. */
    static Path countedSyncs(Path work) {
        return work.resolve("counted-syncs");
    }

    /** Where the engine is, under the recorded folder. */
    static Path engine(Path root) {
        return root.resolve("engine");
    }

    /**
     * Writes that many batches and records what the device was given.
     *
     * @param root an existing folder without symbolic links in its path; the engine goes into a folder in it
     * @param lastBatches how often the process closes the engine after, in the end: always, so that closing is in the trace too
     * @throws IOException the process failed
     */
    Trace record(EngineProvider provider, Path root, Path work, Durability durability, int lastBatches)
            throws IOException, InterruptedException {
        Path trace = work.resolve("trace.bin");
        Files.deleteIfExists(trace);
        Outcome outcome = run(provider, root, work, durability, lastBatches, Map.of(), trace);
        if (outcome.exitCode() != 0) {
            throw new IOException("the recorded process ended with " + outcome.exitCode() + ": " + outcome.said());
        }
        return Trace.read(trace);
    }

    /** How a recorded process ended. */
    record Outcome(int exitCode, String said) {}

    Outcome run(
            EngineProvider provider,
            Path root,
            Path work,
            Durability durability,
            int batches,
            Map<String, String> environment,
            Path trace)
            throws IOException, InterruptedException {
        Path errors = work.resolve("errors.txt");
        ProcessBuilder command = ChildJvm.running(
                provider,
                work,
                List.of(
                        engine(root).toString(),
                        durability.name(),
                        Integer.toString(batches),
                        acknowledgements(root).toString(),
                        countedSyncs(work).toString()));
        command.environment().put("LD_PRELOAD", library.toString());
        command.environment().put("QUORUMARK_TRACE_ROOT", root.toString());
        command.environment().put("QUORUMARK_TRACE_FILE", trace.toString());
        command.environment().putAll(environment);
        Process process = command.redirectError(errors.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        int exitCode = process.waitFor();
        String said = Files.readString(errors, StandardCharsets.UTF_8)
                .lines()
                .limit(4)
                .toList()
                .toString();
        return new Outcome(exitCode, said);
    }
}

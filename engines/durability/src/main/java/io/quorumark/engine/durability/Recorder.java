package io.quorumark.engine.durability;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineProvider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs processes under {@code recorder.c}, which it compiles with the system's C compiler. */
public final class Recorder {
    private static final List<String> COMPILERS = List.of("cc", "gcc", "clang");
    private static final long COMPILE_SECONDS = 60;
    private static final int LINES_KEPT = 4;

    private final Path program;

    private Recorder(Path program) {
        this.program = program;
    }

    /**
     * A recorder, or why there is none.
     *
     * @param missing one sentence with what helps; empty if there is a recorder
     */
    public record Attempt(Optional<Recorder> recorder, String missing) {
        private static Attempt failed(String missing) {
            return new Attempt(Optional.empty(), missing);
        }
    }

    /** Compiles the recorder into {@code folder} and tries it. */
    public static Attempt compileInto(Path folder) throws IOException, InterruptedException {
        if (!System.getProperty("os.name").equals("Linux")) {
            return Attempt.failed("files are recorded on Linux, this is " + System.getProperty("os.name"));
        }
        Path source = folder.resolve("recorder.c");
        try (InputStream in = Recorder.class.getResourceAsStream("recorder.c")) {
            Files.write(source, Objects.requireNonNull(in, "recorder.c").readAllBytes());
        }
        Path program = folder.resolve("recorder");
        Path said = folder.resolve("said.txt");
        String found = "";
        for (String compiler : COMPILERS) {
            ProcessBuilder command = new ProcessBuilder(compiler, "-O2", "-o", program.toString(), source.toString());
            if (!succeeds(command, said)) {
                found = found.isEmpty() ? firstLine(said) : found;
            } else if (succeeds(new ProcessBuilder(program.toString()), said)) {
                return new Attempt(Optional.of(new Recorder(program)), "");
            } else {
                return Attempt.failed("processes cannot be recorded here (" + firstLine(said)
                        + "): allow ptrace (Docker: --cap-add SYS_PTRACE; kernel.yama.ptrace_scope 2 or less)");
            }
        }
        return Attempt.failed("the recorder needs a C compiler; none of " + COMPILERS + " compiles it here"
                + (found.isEmpty() ? "" : " (" + found + ")")
                + ": install one (Debian: apt-get install gcc libc6-dev)");
    }

    private static boolean succeeds(ProcessBuilder command, Path said) throws InterruptedException {
        Process process;
        try {
            process = command.redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
        } catch (IOException absent) {
            return false;
        }
        if (!process.waitFor(COMPILE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return false;
        }
        return process.exitValue() == 0;
    }

    private static String firstLine(Path said) throws IOException {
        if (!Files.exists(said)) {
            return "";
        }
        return Files.readString(said, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .findFirst()
                .orElse("");
    }

    /** What {@link #acknowledgements} writes to, under the recorded folder. */
    static Path acknowledgements(Path root) {
        return root.resolve("acknowledged");
    }

    /** Where a process that came to its end left how many syncs its engine counted per batch; not a number if the engine does not count. */
    static Path countedSyncs(Path work) {
        return work.resolve("counted-syncs");
    }

    /** The engine's folder under the recorded one. */
    static Path engine(Path root) {
        return root.resolve("engine");
    }

    /**
     * Writes that many batches and records what the device was given.
     *
     * @param root an existing folder without symbolic links in its path; the engine goes into a folder in it
     * @param batches after which the process closes the engine: closing is in the trace too
     * @throws IOException the process failed
     */
    Trace record(EngineProvider provider, Path root, Path work, Durability durability, int batches)
            throws IOException, InterruptedException {
        Path trace = work.resolve("trace.bin");
        Files.deleteIfExists(trace);
        Outcome outcome = run(provider, root, work, durability, batches, Map.of(), trace);
        if (outcome.exitCode() != 0) {
            throw new IOException("the recorded process ended with " + outcome.exitCode() + ": " + outcome.said());
        }
        return Trace.read(trace);
    }

    /** How a recorded process ended: 128 more than a signal's number if one ended it. */
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
        ProcessBuilder writer = ChildJvm.running(
                provider,
                work,
                List.of(
                        engine(root).toString(),
                        durability.code(),
                        Integer.toString(batches),
                        acknowledgements(root).toString(),
                        countedSyncs(work).toString()));
        return run(writer.command(), root, environment, trace, work.resolve("errors.txt"));
    }

    /** Runs any program; {@code root} is what is recorded. */
    Outcome run(List<String> program, Path root, Map<String, String> environment, Path trace, Path errors)
            throws IOException, InterruptedException {
        List<String> recorded = new ArrayList<>();
        recorded.add(this.program.toString());
        recorded.addAll(program);
        ProcessBuilder command = new ProcessBuilder(recorded);
        command.environment().put("QUORUMARK_TRACE_ROOT", root.toString());
        command.environment().put("QUORUMARK_TRACE_FILE", trace.toString());
        command.environment().putAll(environment);
        int exitCode = ended(command, errors);
        return new Outcome(exitCode, said(errors));
    }

    /** @return the exit code */
    static int ended(ProcessBuilder command, Path errors) throws IOException, InterruptedException {
        Process process = command.redirectError(errors.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            return process.waitFor();
        } finally {
            process.destroyForcibly();
        }
    }

    /** Its first lines, and what a trace says of causes. */
    static String said(Path errors) throws IOException {
        List<String> lines =
                Files.readString(errors, StandardCharsets.UTF_8).lines().toList();
        return Stream.concat(
                        lines.stream().limit(LINES_KEPT),
                        lines.stream().skip(LINES_KEPT).filter(line -> line.startsWith("Caused by: ")))
                .toList()
                .toString();
    }
}

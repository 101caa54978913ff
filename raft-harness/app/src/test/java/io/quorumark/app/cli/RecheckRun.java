package io.quorumark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * {@code scripts/Recheck.java} on a campaign's folder, in a JVM of its own.
 *
 * @param exitCode of that JVM
 * @param output standard output and error
 */
record RecheckRun(int exitCode, String output) {
    static final Path SOURCE = Path.of("../../scripts/Recheck.java");

    /** From its source, as people call it. */
    static RecheckRun of(Path folder) throws IOException, InterruptedException {
        return java(List.of(SOURCE.toString(), folder.toString()));
    }

    /** Compiled once, for many runs. */
    static void compile(Path classes) throws IOException, InterruptedException {
        RecheckRun javac = run(List.of(tool("javac"), "-d", classes.toString(), SOURCE.toString()));
        assertThat(javac.exitCode()).as(javac.output()).isZero();
    }

    /** What {@link #compile} has left, on a folder. */
    static RecheckRun of(Path classes, Path folder) throws IOException, InterruptedException {
        return java(List.of("-cp", classes.toString(), "Recheck", folder.toString()));
    }

    private static RecheckRun java(List<String> arguments) throws IOException, InterruptedException {
        List<String> words =
                new ArrayList<>(List.of(tool("java"), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m"));
        words.addAll(arguments);
        return run(words);
    }

    private static RecheckRun run(List<String> words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return new RecheckRun(process.exitValue(), output);
    }

    private static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }
}

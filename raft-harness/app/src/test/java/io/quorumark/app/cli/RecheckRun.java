package io.quorumark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;

/**
 * {@code scripts/Recheck.java} on a campaign's folder.
 *
 * @param exitCode of its JVM, or what that would have been
 * @param output standard output and error
 */
record RecheckRun(int exitCode, String output) {
    static final Path SOURCE = Path.of("../../scripts/Recheck.java");

    /** From its source, as people call it. */
    static RecheckRun of(Path folder) throws IOException, InterruptedException {
        return java(List.of(SOURCE.toString(), folder.toString()));
    }

    /** That it agrees with all that a campaign has stored and printed, and finds raw data of every window. */
    static void assertAgrees(Path folder) throws ReflectiveOperationException {
        RecheckRun run = compiledOn(folder);
        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.output()).contains(", 0 differ").doesNotContain("note: ");
    }

    /** Without a JVM of its own: compiled once for all who ask in this one, as a compilation takes longer than most answers. */
    static RecheckRun compiledOn(Path folder) throws ReflectiveOperationException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Object exitCode = OfThisJvm.CLASSES
                .loadClass("Recheck")
                .getMethod("check", Path.class, PrintStream.class)
                .invoke(null, folder, new PrintStream(out, true, StandardCharsets.UTF_8));
        return new RecheckRun((int) exitCode, out.toString(StandardCharsets.UTF_8));
    }

    private static final class OfThisJvm {
        static final ClassLoader CLASSES = compiled();

        private static ClassLoader compiled() {
            try {
                Path classes = Files.createDirectories(
                        Path.of("target", "recheck-" + ProcessHandle.current().pid()));
                ByteArrayOutputStream said = new ByteArrayOutputStream();
                int failed = ToolProvider.getSystemJavaCompiler()
                        .run(null, said, said, "-proc:none", "-d", classes.toString(), SOURCE.toString());
                assertThat(failed).as(said.toString(StandardCharsets.UTF_8)).isZero();
                // no class of this program is within its reach
                return new URLClassLoader(new URL[] {classes.toUri().toURL()}, null);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
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

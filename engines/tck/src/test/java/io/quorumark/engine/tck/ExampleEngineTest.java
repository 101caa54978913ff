package io.quorumark.engine.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/**
 * The project in {@code engines/example}, which the README's walk-through copies: its sources and its test compile against the SPI and
 * the kit alone, and the test passes. In a JVM of its own, as the kit starts further ones with the same class path.
 */
class ExampleEngineTest {
    private static final Path EXAMPLE = Path.of("../example").toAbsolutePath().normalize();
    private static final String CLASS_PATH =
            System.getProperty("surefire.real.class.path", System.getProperty("java.class.path"));

    @TempDir
    Path folder;

    @Test
    void the_example_of_an_engine_passes_the_kit() throws IOException, InterruptedException {
        String classPath = folder + File.pathSeparator + CLASS_PATH;
        compile("src/main/java", classPath);
        compile("src/test/java", classPath);
        Path output = folder.resolve("kit.txt");

        Process kit = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dquorumark.programs.count=200",
                        "-cp",
                        classPath,
                        ExampleEngineTest.class.getName(),
                        "org.example.tiny.TinyConformanceTest")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();

        boolean ended = kit.waitFor(4, TimeUnit.MINUTES);
        kit.destroyForcibly();
        String said = Files.readString(output);
        assertThat(ended).as("ended in 4 minutes: " + said).isTrue();
        assertThat(kit.exitValue()).as(said).isZero();
    }

    private void compile(String sources, String classPath) throws IOException {
        List<String> arguments = new ArrayList<>(
                List.of("-proc:none", "-Xlint:all", "-Werror", "-d", folder.toString(), "-cp", classPath));
        try (Stream<Path> files = Files.walk(EXAMPLE.resolve(sources))) {
            files.filter(file -> file.toString().endsWith(".java")).forEach(file -> arguments.add(file.toString()));
        }
        int status = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        assertThat(status).as("status of javac on " + sources).isZero();
    }

    /** Runs the test class of this name; status 1 if a test fails, or none runs. */
    public static void main(String[] arguments) {
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(arguments[0]))
                                .filters(TagFilter.excludeTags("long"))
                                .build(),
                        summary);
        summary.getSummary().printFailuresTo(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        boolean passed = summary.getSummary().getTestsSucceededCount() > 0
                && summary.getSummary().getTotalFailureCount() == 0;
        System.exit(passed ? 0 : 1);
    }
}

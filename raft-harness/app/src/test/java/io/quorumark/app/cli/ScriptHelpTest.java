package io.quorumark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code --help} of every script says what it is for and builds, runs and writes nothing. */
class ScriptHelpTest {
    private static final Path SCRIPTS = Path.of("..", "..", "scripts");
    /** Programs of these names answer for themselves, or are parts of other scripts. */
    private static final Set<String> NOT_ASKED = Set.of("quorumark", "jmh", "is-whole-jar", "print-help");

    @ParameterizedTest
    @MethodSource("scripts")
    void help_is_printed_and_nothing_else_happens(Path script) throws Exception {
        Process process = new ProcessBuilder(script.toString(), "--help")
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(printed).isZero();
        assertThat(printed)
                .doesNotContain("BUILD", "cannot")
                .contains(script.getFileName().toString());
    }

    static Stream<Path> scripts() throws Exception {
        try (Stream<Path> files = Files.list(SCRIPTS)) {
            return files
                    .filter(Files::isRegularFile)
                    .filter(Files::isExecutable)
                    .filter(script -> !NOT_ASKED.contains(script.getFileName().toString()))
                    .sorted()
                    .toList()
                    .stream();
        }
    }
}

package io.quorumark.app.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules for the text of all Java files that the formatter does not check. */
class SourceTextTest {
    private static final int MAX_COLUMNS = 140;
    /** Phrases that were replaced once, so that they do not come back. */
    private static final Pattern NOT_PLAIN =
            Pattern.compile("has not the |murmur|[Ll]ets the state go|word of the leader|asked for patience"
                    + "|without a life|canary sings|\\bsing\\(|areThere");

    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

    @Test
    void no_line_is_wider_than_140_columns() {
        assertThat(linesThat(line -> line.length() > MAX_COLUMNS)).isEmpty();
    }

    @Test
    void phrases_are_plain() {
        assertThat(linesThat(line -> NOT_PLAIN.matcher(line).find())).isEmpty();
    }

    private static List<String> linesThat(Predicate<String> wrong) {
        List<String> found = new ArrayList<>();
        for (Path file : javaFiles()) {
            List<String> lines = linesOf(file);
            for (int i = 0; i < lines.size(); i++) {
                if (wrong.test(lines.get(i))) {
                    found.add(ROOT.relativize(file) + ":" + (i + 1));
                }
            }
        }
        return found;
    }

    private static List<Path> javaFiles() {
        try (Stream<Path> files = Files.walk(ROOT)) {
            List<Path> found = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !ROOT.relativize(file).toString().contains("target/"))
                    .filter(file -> !file.endsWith("SourceTextTest.java"))
                    .toList();
            assertThat(found).hasSizeGreaterThan(1000);
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> linesOf(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.quorumark.app.tutorial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An example of the documentation and the lines of a test that run it: both must be the same, whichever somebody changes. In a test, they
 * stand between {@code // example} and {@code // end of example}.
 */
final class Example {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();
    private static final Pattern TESTED = Pattern.compile("// example\n(.*?)\n *// end of example", Pattern.DOTALL);
    private static final Pattern MARKDOWN = Pattern.compile("```java\n(.*?)\n *```", Pattern.DOTALL);
    private static final Pattern CLASS_COMMENT =
            Pattern.compile("\n/\\*\\*\n((?: \\*[^\n]*\n)+?) \\*/\n(?:@[^\n]*\n)*public ");
    private static final Pattern FIRST_OF_COMMENT =
            Pattern.compile("\\A[^<{]*?\\.(?: [^<]*?)?\n\n<pre>\\{@code\n(.*?)\n}</pre>", Pattern.DOTALL);

    private Example() {}

    /** The example that a test runs. */
    static String testedBy(Class<?> test) {
        String source = read("raft-harness/app/src/test/java/" + test.getName().replace('.', '/') + ".java");
        return only(TESTED, source, test.getSimpleName());
    }

    /** The examples in Java of a document. */
    static List<String> ofDocument(String file) {
        List<String> examples = new ArrayList<>();
        Matcher blocks = MARKDOWN.matcher(read(file));
        while (blocks.find()) {
            examples.add(withoutIndent(blocks.group(1)));
        }
        return examples;
    }

    /** The example that a class comment begins with, after what the class is. */
    static String ofClassComment(String javaFile) {
        String comment = only(CLASS_COMMENT, read(javaFile), javaFile)
                .lines()
                .map(line -> line.replaceFirst("^ ?\\* ?", ""))
                .collect(Collectors.joining("\n"));
        return only(FIRST_OF_COMMENT, comment, "the class comment of " + javaFile);
    }

    static String read(String file) {
        try {
            return Files.readString(ROOT.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String only(Pattern pattern, String text, String source) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as("an example in %s", source).isTrue();
        return withoutIndent(matcher.group(1));
    }

    private static String withoutIndent(String text) {
        return text.stripIndent().stripTrailing();
    }
}

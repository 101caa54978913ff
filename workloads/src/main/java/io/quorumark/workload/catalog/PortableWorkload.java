package io.quorumark.workload.catalog;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.quorumark.workload.spec.TextFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A workload file that can be put anywhere together with the table of sizes or the trace that it names, comments and all: only the
 * names of files are changed in its text.
 *
 * @param yaml the text
 * @param companions the files that belong beside it: name to where each lies now
 */
public record PortableWorkload(String yaml, Map<String, Path> companions) {
    /** No name of a workload holds it: what it follows is a whole name. */
    private static final String SEPARATOR = "_";

    private static final YAMLFactory YAML = new YAMLFactory();

    public PortableWorkload {
        companions = Map.copyOf(companions);
    }

    /**
     * Reads a workload file that {@link WorkloadFile#read} has found good.
     *
     * @param prefix of the companions' names, so that those of several workloads can lie in one folder
     */
    public static PortableWorkload of(Path file, String prefix) throws IOException {
        String text = TextFiles.withoutByteOrderMark(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file lies in a folder");
        Map<String, Path> companions = new TreeMap<>();
        StringBuilder portable = new StringBuilder();
        int copied = 0;
        try (JsonParser parser = YAML.createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (!token.isScalarValue() || !namesFile(parser.getParsingContext())) {
                    continue;
                }
                Path named = folder.resolve(parser.getText());
                String name = prefix + SEPARATOR + named.getFileName();
                if (!named.equals(companions.getOrDefault(name, named))) { // the same name in another folder
                    name = prefix + SEPARATOR + SEPARATOR + named.getFileName();
                }
                companions.put(name, named);
                int begin = index(text, parser.currentTokenLocation().getCharOffset());
                portable.append(text, copied, begin)
                        .append('"')
                        .append(JsonStringEncoder.getInstance().quoteAsString(name))
                        .append('"');
                copied = index(text, parser.currentLocation().getCharOffset());
            }
        }
        return new PortableWorkload(portable.append(text, copied, text.length()).toString(), companions);
    }

    /** Whether the value at hand is that of {@code values.file} or {@code trace.file}. */
    private static boolean namesFile(JsonStreamContext context) {
        JsonStreamContext parent = context.getParent();
        return context.inObject()
                && "file".equals(context.getCurrentName())
                && parent != null
                && parent.getParent() != null
                && parent.getParent().inRoot()
                && ("values".equals(parent.getCurrentName()) || "trace".equals(parent.getCurrentName()));
    }

    /** The YAML parser counts code points, a string counts UTF-16 units. */
    private static int index(String text, long codePoints) {
        return text.offsetByCodePoints(0, Math.toIntExact(codePoints));
    }
}

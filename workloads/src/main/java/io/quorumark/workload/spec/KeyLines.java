package io.quorumark.workload.spec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** At which line each key of a document stands, by dotted path ({@code values.bytes}, {@code engines[1]}). */
final class KeyLines {
    private final Map<String, Integer> lineByPath = new HashMap<>();
    private final Map<String, Set<String>> keysByPath = new HashMap<>();

    /** Remembers the token at which the parser stands. */
    void note(JsonParser parser) throws IOException {
        JsonStreamContext context = parser.getParsingContext();
        if (parser.currentToken() == JsonToken.START_OBJECT || parser.currentToken() == JsonToken.START_ARRAY) {
            context = context.getParent();
        }
        if (parser.currentToken() == JsonToken.FIELD_NAME) {
            keysByPath
                    .computeIfAbsent(path(context.getParent()), unused -> new LinkedHashSet<>())
                    .add(context.getCurrentName());
        }
        lineByPath.putIfAbsent(path(context), parser.currentTokenLocation().getLineNr());
    }

    /** The keys of the mapping at a path, in the order of the file. */
    Set<String> keys(String path) {
        return keysByPath.getOrDefault(path, Set.of());
    }

    boolean has(String path) {
        return lineByPath.containsKey(path);
    }

    /** The line of the path or of what contains it; 0 if neither is known. */
    int of(String path) {
        for (String prefix = path; ; prefix = parent(prefix)) {
            Integer line = lineByPath.get(prefix);
            if (line != null) {
                return line;
            }
            if (prefix.isEmpty()) {
                return 0;
            }
        }
    }

    /** The deepest key that stands on a line; empty if none does. */
    String keyAt(int line) {
        return lineByPath.entrySet().stream()
                .filter(entry -> entry.getValue() == line)
                .map(Map.Entry::getKey)
                .max(Comparator.comparingInt(String::length))
                .orElse("");
    }

    static String path(JsonStreamContext context) {
        if (context.inRoot()) {
            return "";
        }
        String parent = path(context.getParent());
        if (context.inArray()) {
            return parent + "[" + context.getCurrentIndex() + "]";
        }
        String name = context.getCurrentName();
        return name == null ? parent : parent.isEmpty() ? name : parent + "." + name;
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
    }
}

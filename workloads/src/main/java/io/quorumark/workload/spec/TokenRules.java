package io.quorumark.workload.spec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;

/** What {@link StrictYaml} refuses in any document, whatever it is read into. */
final class TokenRules {
    /** No file needs more, and whole paths are remembered. */
    private static final int MOST_NESTED = 50;

    private TokenRules() {}

    /** @param depth how many mappings and lists are open before the token */
    static void checkDepth(String name, JsonParser parser, int depth) {
        if (depth > MOST_NESTED) {
            throw at(name, parser, "is nested in " + depth + " keys and lists, expected at most " + MOST_NESTED);
        }
    }

    static void check(String name, JsonParser parser, JsonToken token) throws IOException {
        boolean empty = token == JsonToken.VALUE_STRING && parser.getText().isEmpty();
        if (token == JsonToken.VALUE_NULL || empty) {
            String written = token == JsonToken.VALUE_NULL ? parser.getText() : "";
            throw at(
                    name,
                    parser,
                    "has no value; write one, or remove the key to get its default"
                            + (written.isEmpty() ? "" : "; if a name is meant, quote it: '" + written + "'"));
        }
        boolean text = token == JsonToken.VALUE_STRING || token == JsonToken.FIELD_NAME;
        if (text && parser.getText().indexOf('\0') >= 0) {
            throw at(
                    name,
                    parser,
                    "holds a NUL character (as \"\\0\", \"\\x00\" or \"\\u0000\"), which no name or path can; remove it");
        }
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            throw at(name, parser, "is the alias *" + parser.getText() + "; write the value out, aliases are not read");
        }
    }

    private static SpecException at(String name, JsonParser parser, String problem) {
        String key = KeyLines.path(parser.getParsingContext()).replace("\0", "\\0");
        return new SpecException(name, parser.currentTokenLocation().getLineNr(), key, problem);
    }
}

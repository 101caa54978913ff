package io.quorumark.workload.trace;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.quorumark.workload.spec.SpecException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Rows that are JSON objects, one per line, parsed token by token. */
final class JsonLinesRows implements Rows {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(4096)
                    .maxNameLength(256)
                    .maxNumberLength(64)
                    .maxNestingDepth(4)
                    .build())
            .build();
    private static final TraceOperation[] OPERATIONS = TraceOperation.values();
    private static final int OFFSET = 1;
    private static final int OPERATION = 2;
    private static final int KEY = 4;
    private static final int VALUE_BYTES = 8;

    private final String file;
    private final JsonParser parser;
    private String offsetName = NAME_OF_OFFSET;
    private int line;
    private int lastLine;

    JsonLinesRows(String file, InputStream in) throws IOException {
        this.file = file;
        this.parser = FACTORY.createParser(in);
    }

    @Override
    public int line() {
        return line;
    }

    @Override
    public boolean next(TraceRow into) throws IOException {
        try {
            JsonToken token = parser.nextToken();
            if (token == null) {
                return false;
            }
            line = parser.currentTokenLocation().getLineNr();
            if (token != JsonToken.START_OBJECT) {
                throw fault("", "is not an object, expected one per line");
            }
            if (line == lastLine) {
                throw fault("", "has two objects, expected one per line");
            }
            if (line > lastLine + 1) {
                throw new SpecException(
                        file, lastLine + 1, "", "is blank, expected one object per line; remove the line");
            }
            int seen = 0;
            for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
                token = parser.nextToken();
                int field = field(key);
                if ((seen & field) != 0) {
                    throw fault(key, "is written twice; keep one");
                }
                seen |= field;
                read(field, key, token, into);
            }
            lastLine = parser.currentLocation().getLineNr();
            if (lastLine != line) {
                throw fault("", "goes on in the line after it, expected one object per line");
            }
            require(seen, OFFSET, offsetName);
            require(seen, OPERATION, "operation");
            require(seen, KEY, "key");
            if ((seen & VALUE_BYTES) == 0) {
                into.valueBytes = 0;
                if (into.operation.writes()) {
                    throw fault("valueBytes", "is missing, expected the length of the value that is written");
                }
            }
            return true;
        } catch (JacksonException e) {
            // Jackson has gone on to the value of a key before it returns the key.
            String name = parser.currentName();
            int at = e.getLocation() == null ? line : e.getLocation().getLineNr();
            throw new SpecException(file, at, name == null ? "" : name, "is not JSON: " + firstLine(e));
        }
    }

    private void read(int field, String key, JsonToken token, TraceRow into) throws IOException {
        switch (field) {
            case OFFSET -> {
                offsetName = key;
                into.offset = number(key, token, Long.MAX_VALUE);
            }
            case VALUE_BYTES -> into.valueBytes = (int) number(key, token, TraceRow.MAX_VALUE_BYTES);
            case OPERATION -> into.operation = operation(token);
            default -> readKey(token, into);
        }
    }

    private int field(String key) {
        return switch (key) {
            case NAME_OF_OFFSET, OLD_NAME_OF_OFFSET -> OFFSET;
            case "operation" -> OPERATION;
            case "key" -> KEY;
            case "valueBytes" -> VALUE_BYTES;
            default -> throw fault(key, "is not a key here, expected one of key, offset, operation, valueBytes");
        };
    }

    private long number(String key, JsonToken token, long most) throws IOException {
        if (token == JsonToken.VALUE_NUMBER_INT && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            long number = parser.getLongValue();
            if (number >= 0 && number <= most) {
                return number;
            }
        }
        throw fault(key, "is " + shown(token) + ", expected a whole number from 0 to " + most);
    }

    private TraceOperation operation(JsonToken token) throws IOException {
        if (token == JsonToken.VALUE_STRING) {
            char[] text = parser.getTextCharacters();
            int offset = parser.getTextOffset();
            int length = parser.getTextLength();
            for (TraceOperation operation : OPERATIONS) {
                if (matches(operation.written(), text, offset, length)) {
                    return operation;
                }
            }
        }
        throw fault("operation", "is " + shown(token) + ", expected " + TraceCursor.operations());
    }

    private void readKey(JsonToken token, TraceRow into) throws IOException {
        if (token != JsonToken.VALUE_STRING) {
            throw fault("key", "is " + shown(token) + ", expected text");
        }
        char[] text = parser.getTextCharacters();
        int offset = parser.getTextOffset();
        int length = parser.getTextLength();
        boolean ascii = length <= TraceRow.MAX_KEY_BYTES;
        for (int i = 0; i < length && ascii; i++) {
            ascii = text[offset + i] < 0x80;
            into.key[i] = (byte) text[offset + i];
        }
        int bytes = length;
        if (!ascii) {
            ByteBuffer encoded = encoded(text, offset, length);
            bytes = encoded.remaining();
            encoded.get(into.key, 0, Math.min(bytes, TraceRow.MAX_KEY_BYTES));
        }
        if (bytes == 0 || bytes > TraceRow.MAX_KEY_BYTES) {
            throw fault("key", "has " + bytes + " bytes, expected 1 to " + TraceRow.MAX_KEY_BYTES);
        }
        into.keyLength = bytes;
    }

    /** Half a surrogate pair has no bytes in UTF-8, and whatever stood for it would make one key of two. */
    private ByteBuffer encoded(char[] text, int offset, int length) {
        try {
            return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text, offset, length));
        } catch (CharacterCodingException e) {
            throw fault("key", "has half a surrogate pair, such as \\ud800 alone, expected whole characters");
        }
    }

    @Override
    public String offsetName() {
        return offsetName;
    }

    private static boolean matches(String word, char[] text, int offset, int length) {
        boolean equal = word.length() == length;
        for (int i = 0; i < length && equal; i++) {
            equal = word.charAt(i) == text[offset + i];
        }
        return equal;
    }

    private void require(int seen, int field, String key) {
        if ((seen & field) == 0) {
            throw fault(key, "is missing; add it");
        }
    }

    private String shown(JsonToken token) throws IOException {
        return token == JsonToken.VALUE_STRING ? "\"" + parser.getText() + "\"" : parser.getText();
    }

    private SpecException fault(String key, String problem) {
        return new SpecException(file, line, key, problem);
    }

    private static String firstLine(JacksonException e) {
        return e.getOriginalMessage().lines().findFirst().orElse("unknown problem");
    }
}

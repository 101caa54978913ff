package io.quorumark.workload.trace;

import io.quorumark.workload.spec.SpecException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Rows of comma-separated fields, parsed from bytes without an object per field. */
final class CsvRows implements Rows {
    /** What follows the time in a header. */
    private static final String FIELDS = ",operation,key,valueBytes";

    static final String HEADER = NAME_OF_OFFSET + FIELDS;

    private static final int END = -1;
    private static final int MAX_FIELD_BYTES = 4096;
    private static final TraceOperation[] OPERATIONS = TraceOperation.values();
    private static final byte[][] WRITTEN = Arrays.stream(OPERATIONS)
            .map(operation -> operation.written().getBytes(StandardCharsets.US_ASCII))
            .toArray(byte[][]::new);

    private final String file;
    private final InputStream in;
    private final String offsetName;
    private final byte[] buffer = new byte[1 << 16];
    private final byte[] field = new byte[MAX_FIELD_BYTES];
    private int limit;
    private int at;
    private int line = 1;
    private int fieldLength;
    /** What ended the last field: a comma, a line feed, or the end of the file. */
    private int delimiter;

    CsvRows(String file, InputStream in) throws IOException {
        this.file = file;
        this.in = in;
        StringBuilder header = new StringBuilder();
        do {
            readField("header");
            header.append(header.isEmpty() ? "" : ",").append(text());
        } while (delimiter == ',');
        offsetName = header.toString().equals(OLD_NAME_OF_OFFSET + FIELDS) ? OLD_NAME_OF_OFFSET : NAME_OF_OFFSET;
        if (!header.toString().equals(offsetName + FIELDS)) {
            throw new SpecException(file, 1, "", "is \"" + header + "\", expected the header " + HEADER);
        }
    }

    @Override
    public int line() {
        return line;
    }

    @Override
    public boolean next(TraceRow into) throws IOException {
        if (delimiter == END || isAtEnd()) {
            return false;
        }
        line++;
        readField(offsetName);
        into.offset = number(offsetName, Long.MAX_VALUE);
        expectComma("operation");
        readField("operation");
        into.operation = operation();
        expectComma("key");
        readField("key");
        if (fieldLength == 0 || fieldLength > TraceRow.MAX_KEY_BYTES) {
            throw fault("key", "has " + fieldLength + " bytes, expected 1 to " + TraceRow.MAX_KEY_BYTES);
        }
        System.arraycopy(field, 0, into.key, 0, fieldLength);
        into.keyLength = fieldLength;
        expectComma("valueBytes");
        readField("valueBytes");
        if (fieldLength == 0 && !into.operation.writes()) {
            into.valueBytes = 0;
        } else {
            into.valueBytes = (int) number("valueBytes", TraceRow.MAX_VALUE_BYTES);
        }
        if (delimiter == ',') {
            throw fault("", "has more than four fields, expected " + offsetName + FIELDS);
        }
        return true;
    }

    /** Blank lines may end the file, and stand nowhere else. */
    private boolean isAtEnd() throws IOException {
        int next = peek();
        boolean isBlank = next == '\n' || next == '\r';
        while (next == '\n' || next == '\r') {
            at++;
            next = peek();
        }
        if (isBlank && next != END) {
            throw new SpecException(file, line + 1, "", "is blank, expected a row as the header says; remove the line");
        }
        return next == END;
    }

    @Override
    public String offsetName() {
        return offsetName;
    }

    private void expectComma(String nextKey) {
        if (delimiter != ',') {
            throw fault(nextKey, "is missing, expected " + offsetName + FIELDS);
        }
    }

    private long number(String key, long most) {
        long number = fieldLength == 0 ? -1 : 0;
        for (int i = 0; i < fieldLength && number >= 0; i++) {
            int digit = field[i] - '0';
            number = digit >= 0 && digit <= 9 && number <= (most - digit) / 10 ? 10 * number + digit : -1;
        }
        if (number < 0) {
            throw fault(key, "is \"" + text() + "\", expected a whole number from 0 to " + most);
        }
        return number;
    }

    private TraceOperation operation() {
        for (int i = 0; i < WRITTEN.length; i++) {
            if (Arrays.equals(field, 0, fieldLength, WRITTEN[i], 0, WRITTEN[i].length)) {
                return OPERATIONS[i];
            }
        }
        throw fault("operation", "is \"" + text() + "\", expected " + TraceCursor.operations());
    }

    private void readField(String key) throws IOException {
        fieldLength = 0;
        int next = read();
        if (next == '"') {
            readQuoted(key);
            next = read();
            if (next != ',' && next != '\n' && next != '\r' && next != END) {
                throw fault(
                        key, "goes on after its closing quote, expected a comma; double a quote that belongs to it");
            }
        }
        while (next != ',' && next != '\n' && next != END) {
            if (next != '\r' || peek() != '\n') {
                append(key, next);
            }
            next = read();
        }
        delimiter = next;
    }

    private void readQuoted(String key) throws IOException {
        while (true) {
            int next = read();
            if (next == '"') {
                if (peek() != '"') {
                    return;
                }
                next = read();
            }
            if (next == END || next == '\n') {
                throw fault(key, "begins with a quote and has no closing one; add it");
            }
            append(key, next);
        }
    }

    private void append(String key, int next) {
        if (fieldLength == field.length) {
            throw fault(key, "is longer than " + field.length + " bytes");
        }
        field[fieldLength++] = (byte) next;
    }

    private int read() throws IOException {
        int next = peek();
        at++;
        return next;
    }

    private int peek() throws IOException {
        if (at >= limit) {
            limit = in.read(buffer);
            at = 0;
            if (limit <= 0) {
                limit = 0;
                return END;
            }
        }
        return buffer[at] & 0xff;
    }

    private String text() {
        return new String(field, 0, fieldLength, StandardCharsets.UTF_8);
    }

    private SpecException fault(String key, String problem) {
        return new SpecException(file, line, key, problem);
    }
}

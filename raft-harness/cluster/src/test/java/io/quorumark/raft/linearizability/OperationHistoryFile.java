package io.quorumark.raft.linearizability;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.quorumark.engine.support.Folders;
import io.quorumark.raft.linearizability.Operation.Kind;
import io.quorumark.raft.linearizability.Operation.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A history as JSON lines, one operation each:
 *
 * <pre>
 * {"client":3,"kind":"COMPARE_AND_SET","key":"a","expected":12,"value":17,"outcome":"OK","invokeNanos":5210,"returnNanos":9120}
 * {"client":1,"kind":"PUT","key":"a","expected":0,"value":18,"outcome":"UNKNOWN","invokeNanos":5300}
 * </pre>
 *
 * <p>The fields are those of {@link Operation}. All are required but {@code returnNanos}, which an unknown outcome has not; others are
 * refused.
 */
public final class OperationHistoryFile {
    private static final JsonFactory JSON = new JsonFactory();

    private OperationHistoryFile() {}

    /**
     * Writes a history under a temporary name, forces it and renames it, replacing a file that is there.
     *
     * @throws UncheckedIOException the file cannot be written
     */
    public static void write(History history, Path file) {
        Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            try (Writer lines = Files.newBufferedWriter(unfinished, StandardCharsets.UTF_8)) {
                for (Operation operation : history.operations()) {
                    lines.write(line(operation));
                    lines.write('\n');
                }
            }
            Folders.force(unfinished);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot write history " + file + ": " + e.getMessage() + "; check the folder and its room", e);
        }
    }

    private static String line(Operation operation) throws IOException {
        StringWriter text = new StringWriter(160);
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeNumberField("client", operation.client());
            json.writeStringField("kind", operation.kind().code());
            json.writeStringField("key", operation.key());
            json.writeNumberField("expected", operation.expected());
            json.writeNumberField("value", operation.value());
            json.writeStringField("outcome", operation.outcome().code());
            json.writeNumberField("invokeNanos", operation.invokeNanos());
            if (operation.returnNanos() != Operation.NEVER) {
                json.writeNumberField("returnNanos", operation.returnNanos());
            }
            json.writeEndObject();
        }
        return text.toString();
    }

    /**
     * Reads a history.
     *
     * @throws IllegalArgumentException a line is not an operation; the message names the line and what is wrong with it
     * @throws UncheckedIOException the file cannot be read
     */
    public static History read(Path file) {
        List<Operation> operations = new ArrayList<>();
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                operations.add(operation(line, file, operations.size() + 1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot read history " + file + ": " + e.getMessage() + "; check the path", e);
        }
        return new History(operations);
    }

    private static Operation operation(String line, Path file, int lineNumber) {
        try (JsonParser json = JSON.createParser(line)) {
            return parse(json);
        } catch (IOException | IllegalArgumentException e) {
            String problem = e instanceof com.fasterxml.jackson.core.JsonProcessingException broken
                    ? broken.getOriginalMessage()
                    : e.getMessage();
            throw new IllegalArgumentException(
                    "history " + file + ", line " + lineNumber + ": " + problem
                            + "; expected one operation as OperationHistoryFile writes it",
                    e);
        }
    }

    private static Operation parse(JsonParser json) throws IOException {
        Fields fields = new Fields();
        require(json.nextToken() == JsonToken.START_OBJECT, "the line is no JSON object");
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "client" -> fields.client = json.getIntValue();
                case "kind" -> fields.kind = json.getText();
                case "key" -> fields.key = json.getText();
                case "expected" -> fields.expected = json.getLongValue();
                case "value" -> fields.value = json.getLongValue();
                case "outcome" -> fields.outcome = json.getText();
                case "invokeNanos" -> fields.invokeNanos = json.getLongValue();
                case "returnNanos" -> fields.returnNanos = json.getLongValue();
                default -> throw new IllegalArgumentException("field '" + name + "' is not known");
            }
            fields.count++;
        }
        require(
                json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null,
                "the line is cut off or goes on");
        return fields.operation();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** What a line has told so far. */
    private static final class Fields {
        private static final int REQUIRED = 7;

        private int count;
        private int client;
        private String kind = "";
        private String key = "";
        private long expected;
        private long value;
        private String outcome = "";
        private long invokeNanos;
        private long returnNanos = Operation.NEVER;

        private Operation operation() {
            int wanted = returnNanos == Operation.NEVER ? REQUIRED : REQUIRED + 1;
            require(count == wanted, "it has " + count + " fields instead of " + wanted);
            return new Operation(
                    client, Kind.ofCode(kind), key, expected, value, Outcome.ofCode(outcome), invokeNanos, returnNanos);
        }
    }
}

package io.quorumark.raft.linearizability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.raft.linearizability.Operation.Kind;
import io.quorumark.raft.linearizability.Operation.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperationHistoryFileTest {
    @TempDir
    Path directory;

    @Test
    void what_was_written_is_read_again() {
        Path file = directory.resolve("history.jsonl");
        History history = SimulatedClients.run(1, 5, 500, 20);
        OperationHistoryFile.write(history, file);
        assertThat(OperationHistoryFile.read(file)).isEqualTo(history);
        assertThat(directory.toFile().list()).containsExactly("history.jsonl");
    }

    @Test
    void kinds_and_outcomes_are_written_as_they_always_were() {
        assertThat(Arrays.stream(Kind.values()).map(Kind::code))
                .containsExactly("GET", "PUT", "DELETE", "COMPARE_AND_SET");
        assertThat(Arrays.stream(Kind.values()).map(kind -> Kind.ofCode(kind.code())))
                .containsExactly(Kind.values());
        assertThat(Arrays.stream(Outcome.values()).map(Outcome::code))
                .containsExactly("OK", "CONFLICT", "NOT_DONE", "UNKNOWN");
        assertThat(Arrays.stream(Outcome.values()).map(outcome -> Outcome.ofCode(outcome.code())))
                .containsExactly(Outcome.values());
    }

    @Test
    void a_line_is_as_documented() throws IOException {
        Path file = directory.resolve("history.jsonl");
        OperationHistoryFile.write(
                Histories.historyOf(
                        new Operation(3, Kind.COMPARE_AND_SET, "a", 12, 17, Outcome.OK, 5210, 9120),
                        new Operation(1, Kind.PUT, "a\"\n", 0, 18, Outcome.UNKNOWN, 5300, Operation.NEVER)),
                file);
        assertThat(Files.readAllLines(file))
                .containsExactly(
                        "{\"client\":3,\"kind\":\"COMPARE_AND_SET\",\"key\":\"a\",\"expected\":12,\"value\":17,\"outcome\":\"OK\","
                                + "\"invokeNanos\":5210,\"returnNanos\":9120}",
                        "{\"client\":1,\"kind\":\"PUT\",\"key\":\"a\\\"\\n\",\"expected\":0,\"value\":18,\"outcome\":\"UNKNOWN\",\"invo"
                                + "keNanos\":5300}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [1] | no JSON object
            {"client":1} | 1 fields instead of 7
            {"client":"x","kind":"GET"} | not numeric
            {"client":1,"kind":"GET","key":"a","expected":0,"value":0,"outcome":"UNKNOWN","invokeNanos":1,"colour":3} | 'colour' is not \
            known
            {"client":1,"kind":"GET","key":"a","expected":0,"value":0,"outcome":"UNKNOWN","invokeNanos":1 | end-of-input
            {"client":1,"kind":"GET","key":"a","expected":0,"value":0,"outcome":"UNKNOWN","invokeNanos":1}{                     | goes on
            {"client":1,"kind":"FLY","key":"a","expected":0,"value":0,"outcome":"UNKNOWN","invokeNanos":1}                      | FLY
            {"client":1,"kind":"PUT","key":"a","expected":0,"value":0,"outcome":"UNKNOWN","invokeNanos":1} | value of PUT is 0
            {"client":1,"kind":"GET","key":"a","expected":0,"value":0,"outcome":"OK","invokeNanos":1} | returnNanos is
            {"client":1,"kind":"GET","key":"a","expected":0,"value":0,"outcome":"OK","invokeNanos":9,"returnNanos":3} | at least invokeNanos
            """)
    void a_line_that_is_no_operation_is_named(String line, String problem) throws IOException {
        Path file = directory.resolve("broken.jsonl");
        Files.writeString(file, line + "\n");
        assertThatThrownBy(() -> OperationHistoryFile.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("broken.jsonl, line 1: ")
                .hasMessageContaining(problem)
                .hasMessageNotContaining("\n");
    }

    @Test
    void a_file_that_is_not_there_is_named() {
        assertThatThrownBy(() -> OperationHistoryFile.read(directory.resolve("absent")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("absent");
    }
}

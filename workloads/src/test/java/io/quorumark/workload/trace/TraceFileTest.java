package io.quorumark.workload.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.workload.spec.SpecException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TraceFileTest {
    private static final String CSV = """
            offsetMicros,operation,key,valueBytes
            100,write,user:1,200
            110,read,"a,""b""\",
            110,exists,user:1,0
            400,delete,größe,
            """;
    private static final String JSON = """
            {"offsetMicros": 100, "operation": "write", "key": "user:1", "valueBytes": 200}
            {"offsetMicros": 110, "operation": "read", "key": "a,\\"b\\""}
            {"key": "user:1", "operation": "exists", "offsetMicros": 110, "valueBytes": 0}
            {"offsetMicros": 400, "operation": "delete", "key": "größe"}
            """;

    @TempDir
    Path folder;

    @Test
    void both_formats_hold_the_same_rows() throws IOException {
        List<String> expected =
                List.of("0 WRITE user:1 200", "10 READ a,\"b\" 0", "10 EXISTS user:1 0", "300 DELETE größe 0");
        assertThat(rows(read(CSV, TraceFormat.CSV), 4)).isEqualTo(expected);
        assertThat(rows(read(JSON, TraceFormat.JSON_LINES), 4)).isEqualTo(expected);
        assertThat(rows(read(CSV.replace("\n", "\r\n"), TraceFormat.CSV), 4)).isEqualTo(expected);
        assertThat(rows(read(CSV.strip(), TraceFormat.CSV), 4)).isEqualTo(expected);
    }

    @Test
    void a_trace_begins_again_an_average_gap_after_its_last_row() throws IOException {
        TraceFile trace = read(CSV, TraceFormat.CSV);
        assertThat(trace.rows()).isEqualTo(4);
        assertThat(trace.spanNanos()).isEqualTo(300_000);
        assertThat(trace.operations()).hasSize(4).doesNotContain(TraceOperation.SCAN);
        assertThat(trace.digest()).hasSize(64);
        assertThat(rows(trace, 10).subList(4, 10))
                .containsExactly(
                        "400 WRITE user:1 200",
                        "410 READ a,\"b\" 0",
                        "410 EXISTS user:1 0",
                        "700 DELETE größe 0",
                        "800 WRITE user:1 200",
                        "810 READ a,\"b\" 0");
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            100,write,user:1,200 | soon,write,user:1,200 | :2: offsetMicros: is "soon", expected a whole number from 0 to \
            9223372036854775807
            100,write,user:1,200 | 9223372036854775808,write,user:1,200 | :2: offsetMicros: is "9223372036854775808", expected a whole \
            number from 0 to 9223372036854775807
            100,write,user:1,200 | -1,write,user:1,200 | :2: offsetMicros: is "-1", expected a whole number from 0 to 9223372036854775807
            100,write,user:1,200 | 100,put,user:1,200 | :2: operation: is "put", expected one of read, exists, write, delete, rmw, scan
            100,write,user:1,200 | 100,write,,200 | :2: key: has 0 bytes, expected 1 to 255
            100,write,user:1,200 | 100,write,user:1, | :2: valueBytes: is "", expected a whole number from 0 to 4194304
            100,write,user:1,200 | 100,write,user:1,4194305 | :2: valueBytes: is "4194305", expected a whole number from 0 to 4194304
            100,write,user:1,200 | 100,write,user:1 | :2: valueBytes: is missing, expected offsetMicros,operation,key,valueBytes
            100,write,user:1,200 | 100,write,user:1,200,5 | :2: has more than four fields, expected offsetMicros,operation,key,valueBytes
            100,write,user:1,200 | `100,write,"user:1,200` | :2: key: begins with a quote and has no closing one; add it
            100,write,user:1,200 | `100,write,"user"1,200` | :2: key: goes on after its closing quote, expected a comma; double a quote \
            that belongs to it
            110,exists | 109,exists | :4: offsetMicros: is 109, expected at least 110 as in the row before; sort the file by time
            offsetMicros, | time, | :1: is "time,operation,key,valueBytes", expected the header offset,operation,key,valueBytes
            """)
    void a_fault_in_a_csv_file_is_told_with_line_and_key(String good, String bad, String message) {
        assertThatThrownBy(() -> read(CSV.replace(good, bad), TraceFormat.CSV))
                .isInstanceOf(SpecException.class)
                .hasMessage(folder.resolve("trace") + message);
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "offsetMicros": 100 | "offsetMicros": "100" | :1: offsetMicros: is "100", expected a whole number from 0 to 9223372036854775807
            "offsetMicros": 100 | "offsetMicros": 1.5 | :1: offsetMicros: is 1.5, expected a whole number from 0 to 9223372036854775807
            "offsetMicros": 100 | "time": 100 | :1: time: is not a key here, expected one of key, offset, operation, valueBytes
            "offsetMicros": 100, | | :1: offset: is missing; add it
            "offsetMicros": 100 | "offsetMicros": 99999999999999999999 | :1: offsetMicros: is 99999999999999999999, expected a whole \
            number from 0 to 9223372036854775807
            "key": "größe" | "key": "gr\\ud800sse" | :4: key: has half a surrogate pair, such as \\ud800 alone, expected whole characters
            "offsetMicros": 100 | "offsetMicros": 100, "offsetMicros": 100 | :1: offsetMicros: is written twice; keep one
            , "valueBytes": 200 | | :1: valueBytes: is missing, expected the length of the value that is written
            "operation": "exists" | "operation": "touch" | :3: operation: is "touch", expected one of read, exists, write, delete, rmw, scan
            "key": "größe" | "key": 5 | :4: key: is 5, expected text
            "key": "größe" | "key": "" | :4: key: has 0 bytes, expected 1 to 255
            "key": "größe" | "key": größe | :4: key: is not JSON: Unrecognized token 'größe': was expecting (JSON String, Number, \
            Array, Object or token 'null', 'true' or 'false')
            """)
    void a_fault_in_a_json_file_is_told_with_line_and_key(String good, String bad, String message) {
        assertThatThrownBy(() -> read(JSON.replace(good, bad == null ? "" : bad), TraceFormat.JSON_LINES))
                .isInstanceOf(SpecException.class)
                .hasMessage(folder.resolve("trace") + message);
    }

    @Test
    void a_blank_line_between_objects_and_an_object_of_several_lines_are_refused() throws IOException {
        assertThat(rows(read("\uFEFF" + JSON.replace("\n", "\r\n") + "\r\n \n", TraceFormat.JSON_LINES), 4))
                .hasSize(4);
        for (String newline : List.of("\n", "\r\n")) {
            String lines = JSON.replace("\n", newline);
            refused(newline + lines, ":1: is blank, expected one object per line; remove the line");
            refused(
                    lines.replace("{\"key\"", newline + " " + newline + "{\"key\""),
                    ":3: is blank, expected one object per line; remove the line");
            refused(
                    lines.replace("\"operation\": \"read\"", newline + "\"operation\": \"read\""),
                    ":2: goes on in the line after it, expected one object per line");
        }
    }

    private void refused(String lines, String message) {
        assertThatThrownBy(() -> read(lines, TraceFormat.JSON_LINES))
                .isInstanceOf(SpecException.class)
                .hasMessage(folder.resolve("trace") + message);
    }

    @ParameterizedTest
    @EnumSource(OffsetUnit.class)
    void times_are_in_the_unit_that_is_named_from_any_origin_and_keep_their_distance(OffsetUnit unit)
            throws IOException {
        for (long origin : new long[] {0, 5, unixTime(unit), Long.MAX_VALUE - 3}) {
            TraceFile trace = read(
                    "offset,operation,key,valueBytes\n" + origin + ",read,a,\n" + (origin + 3) + ",read,b,\n", unit);
            assertThat(trace.spanNanos()).as("%s from %d", unit, origin).isEqualTo(3 * unit.nanos());
            TraceRow row = new TraceRow();
            try (TraceCursor cursor = trace.openCursor()) {
                for (long expected : new long[] {0, 3, 6, 9, 12}) {
                    cursor.next(row);
                    assertThat(row.offsetNanos()).as("%s from %d", unit, origin).isEqualTo(expected * unit.nanos());
                }
            }
        }
    }

    private static long unixTime(OffsetUnit unit) {
        return 1_700_000_000_000_000_000L / unit.nanos();
    }

    @Test
    void a_wrong_unit_is_doubted_by_its_origin_or_its_rate_and_the_remedy_named() throws IOException {
        String epochMillis = "offsetMicros,operation,key,valueBytes\n1700000000000,read,a,\n1700000001000,read,a,\n";
        assertThat(read(epochMillis, TraceFormat.CSV).doubt())
                .contains("times begin at 1700000000000, which looks like milliseconds since 1970 and is read as"
                        + " microseconds; set trace.offsetUnit in the workload's file");
        assertThat(read(epochMillis, OffsetUnit.MILLISECONDS).doubt()).isEmpty();
        assertThat(read(epochMillis, OffsetUnit.MILLISECONDS).timesText())
                .isEqualTo("2 operations in 1.00 s, 1.00 op/s on average, times in milliseconds");
        StringBuilder fast = new StringBuilder("offset,operation,key,valueBytes\n");
        for (int i = 0; i < 5_000; i++) {
            fast.append(i / 1_500).append(",read,a,\n");
        }
        assertThat(read(fast.toString(), TraceFormat.CSV).doubt())
                .hasValueSatisfying(
                        doubt -> assertThat(doubt)
                                .startsWith(
                                        "a mean rate of 1,666,333,333 op/s is unlikely, as times are read as microseconds; set"));
        assertThat(read(fast.toString(), OffsetUnit.MILLISECONDS).doubt())
                .hasValueSatisfying(doubt -> assertThat(doubt).contains("; correct trace.offsetUnit"));
        assertThat(read(fast.toString(), OffsetUnit.SECONDS).doubt()).isEmpty();
        assertThat(read("offset,operation,key,valueBytes\n5,read,a,\n", OffsetUnit.SECONDS)
                        .timesText())
                .isEqualTo("1 operation at one time, times in seconds");
        assertThat(read(CSV, TraceFormat.CSV).timesText()).endsWith("microseconds (trace.offsetUnit is not set)");
    }

    @Test
    void a_span_that_nanoseconds_cannot_count_is_refused() {
        assertThatThrownBy(() ->
                        read("offset,operation,key,valueBytes\n0,read,a,\n1700000000000,read,a,\n", OffsetUnit.SECONDS))
                .hasMessageEndingWith("trace:3: offset: is 1700000000000, more than 292 years of seconds after the"
                        + " first row; correct trace.offsetUnit in the workload's file");
    }

    @Test
    void a_byte_order_mark_and_blank_last_lines_are_skipped_and_a_blank_line_between_rows_is_refused()
            throws IOException {
        List<String> expected = rows(read(CSV, TraceFormat.CSV), 9);
        for (String end : List.of("", "\n", "\n\n\n", "\r\n\r\n")) {
            assertThat(rows(read("\uFEFF" + CSV + end, TraceFormat.CSV), 9)).isEqualTo(expected);
            assertThat(rows(read("\uFEFF" + JSON + end, TraceFormat.JSON_LINES), 9))
                    .isEqualTo(expected);
        }
        assertThatThrownBy(() -> read(CSV.replace("400,", "\n400,"), TraceFormat.CSV))
                .hasMessageEndingWith("trace:5: is blank, expected a row as the header says; remove the line");
    }

    @Test
    void an_empty_trace_two_objects_on_a_line_and_a_file_that_is_not_there_are_refused() {
        assertThatThrownBy(() -> read("offsetMicros,operation,key,valueBytes\n", TraceFormat.CSV))
                .hasMessageEndingWith(": has no rows, expected at least one operation");
        assertThatThrownBy(() -> read("", TraceFormat.JSON_LINES))
                .hasMessageEndingWith(": has no rows, expected at least one operation");
        assertThatThrownBy(() -> read(JSON.replace("\n", " "), TraceFormat.JSON_LINES))
                .hasMessageEndingWith(":1: has two objects, expected one per line");
        assertThatThrownBy(() -> TraceFile.read(folder.resolve("none"), TraceFormat.CSV, null))
                .hasMessageEndingWith("none: no such file; it is named by trace.file");
    }

    @Test
    void a_file_that_changes_after_the_check_is_not_replayed() throws IOException {
        TraceFile trace = read(CSV, TraceFormat.CSV);
        Files.writeString(folder.resolve("trace"), CSV + "500,read,user:1,\n");
        try (TraceCursor cursor = trace.openCursor()) {
            assertThatThrownBy(() -> cursor.next(new TraceRow()))
                    .hasMessageEndingWith("has changed since it was checked; leave it alone while it is replayed");
        }
    }

    @Test
    void rows_beyond_the_buffer_are_read_as_those_within() throws IOException {
        StringBuilder text = new StringBuilder("offsetMicros,operation,key,valueBytes\n");
        for (int i = 0; i < 20_000; i++) {
            text.append(i).append(",write,key-").append(i).append(',').append(i).append('\n');
        }
        assertThat(text.length()).isGreaterThan(5 << 16);
        List<String> rows = rows(read(text.toString(), TraceFormat.CSV), 20_000);
        for (int i = 0; i < 20_000; i++) {
            assertThat(rows.get(i)).isEqualTo(i + " WRITE key-" + i + " " + i);
        }
    }

    private TraceFile read(String text, TraceFormat format) throws IOException {
        Path file = folder.resolve("trace");
        Files.writeString(file, text);
        return TraceFile.read(file, format, null);
    }

    private TraceFile read(String text, OffsetUnit unit) throws IOException {
        Path file = folder.resolve("trace");
        Files.writeString(file, text);
        return TraceFile.read(file, TraceFormat.CSV, unit);
    }

    private static List<String> rows(TraceFile trace, int count) {
        List<String> rows = new ArrayList<>();
        TraceRow row = new TraceRow();
        try (TraceCursor cursor = trace.openCursor()) {
            for (int i = 0; i < count; i++) {
                cursor.next(row);
                rows.add(row.offsetNanos() / 1_000 + " " + row.operation() + " "
                        + new String(row.key(), 0, row.keyLength(), StandardCharsets.UTF_8) + " " + row.valueBytes());
            }
        }
        return rows;
    }
}

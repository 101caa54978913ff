package io.quorumark.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.workload.catalog.WorkloadCatalog;
import io.quorumark.workload.catalog.WorkloadFile;
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

class TraceWorkloadTest {
    private static final String TRACE = """
            offsetMicros,operation,key,valueBytes
            0,read,a,50
            10,write,b,60
            25,exists,c,
            30,read,a,50
            90,delete,b,
            100,rmw,d,70
            """;
    private static final String SPEC = """
            name: day
            description: A day.
            model: trace
            records: 100
            values: {sizes: trace, compressionRatio: 0.5}
            trace: {file: day.csv, format: csv}
            """;

    @TempDir
    Path folder;

    @Test
    void a_trace_is_loaded_with_what_it_reads_first_and_then_replayed_again_and_again() throws IOException {
        WorkloadSpec spec = spec(SPEC, TRACE);
        OperationStream stream = spec.openStream(1, 100);
        assertThat(stream.loadOperations()).isEqualTo(3);
        assertThat(operations(stream, 11))
                .containsExactly(
                        "INSERT a 50",
                        "INSERT c 8",
                        "INSERT d 70",
                        "READ a 0",
                        "UPDATE b 60",
                        "EXISTS c 0",
                        "READ a 0",
                        "DELETE b 0",
                        "READ_MODIFY_WRITE d 70",
                        "READ a 0",
                        "UPDATE b 60");
        assertThat(spec.demands())
                .containsExactlyInAnyOrder(
                        Demand.INSERT,
                        Demand.READ,
                        Demand.UPDATE,
                        Demand.EXISTS,
                        Demand.DELETE,
                        Demand.READ_MODIFY_WRITE);
    }

    @Test
    void the_model_knows_the_content_after_any_number_of_operations() throws IOException {
        WorkloadSpec spec = spec(SPEC, TRACE);
        for (int operations = 0; operations < 30; operations++) {
            NaiveStore store = new NaiveStore();
            OperationStream stream = spec.openStream(3, 100);
            Operation operation = new Operation();
            for (int i = 0; i < operations; i++) {
                stream.next(operation);
                store.apply(operation);
            }
            ContentModel model = ContentModel.replay(spec, 3, 100, operations);
            assertThat(model.records()).isEqualTo(store.records.size());
            store.records.forEach((key, value) -> assertThat(model.get(key)).isEqualTo(value));
        }
    }

    @Test
    void only_so_many_keys_are_remembered_as_records_allow() throws IOException {
        WorkloadSpec spec = spec(SPEC, TRACE);
        assertThat(spec.openStream(1, 3).loadOperations()).isEqualTo(2);
        assertThat(spec.openStream(1, 1).loadOperations()).isEqualTo(1);
    }

    @Test
    void equal_seeds_give_equal_streams_and_the_file_is_part_of_the_identity() throws IOException {
        WorkloadSpec spec = spec(SPEC, TRACE);
        String digest = digest(spec, 1);
        assertThat(digest(spec, 1)).isEqualTo(digest);
        assertThat(digest(spec, 2)).isNotEqualTo(digest);
        String identity = spec.identity();
        assertThat(spec(SPEC, TRACE).identity()).isEqualTo(identity);
        assertThat(spec(SPEC.replace("format: csv", "format: csv, offsetUnit: microseconds"), TRACE)
                        .identity())
                .isEqualTo(identity);
        assertThat(spec(SPEC.replace("format: csv", "format: csv, offsetUnit: milliseconds"), TRACE)
                        .identity())
                .isNotEqualTo(identity);
        assertThat(spec(SPEC, TRACE.replace("25,", "26,")).identity()).isNotEqualTo(identity);
    }

    @Test
    void recorded_times_begin_where_the_stream_stands() throws IOException {
        OperationStream stream = spec(SPEC, TRACE).openStream(1, 100);
        assertThatThrownBy(stream::openArrivals).hasMessageContaining("of its load");
        operations(stream, 5);
        try (ArrivalTimes times = java.util.Objects.requireNonNull(stream.openArrivals())) {
            List<Long> due = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                due.add(times.dueNanos());
                times.advance();
            }
            assertThat(times.meanGapNanos()).isEqualTo(20_000);
            // Of rows three to six, and one and two a lap of 120 later.
            assertThat(due).containsExactly(0L, 5_000L, 65_000L, 75_000L, 95_000L, 105_000L);
        }
        OperationStream drawn = WorkloadCatalog.find("ycsb-a").openStream(1, 1);
        operations(drawn, 1);
        assertThat(drawn.openArrivals()).isNull();
    }

    @Test
    void scans_of_a_trace_need_a_length() throws IOException {
        String scans = TRACE + "110,scan,a,\n";
        assertThatThrownBy(() -> spec(SPEC, scans))
                .hasMessage(folder.resolve("day.yaml")
                        + ":1: maxScanLength: is missing, expected 1 to 100000, as the mix has scans");
        OperationStream stream = spec(SPEC + "maxScanLength: 7\n", scans).openStream(1, 100);
        Operation operation = new Operation();
        while (operation.kind() != OperationKind.SCAN) {
            stream.next(operation);
        }
        assertThat(operation.scanLength()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            sizes: trace | sizes: constant, bytes: 9 | :5: values.sizes: is constant, expected trace, as the trace has the lengths
            records: 100 | `records: 100
            operations: {read: 1.0}` | :5: operations: is {read=1.0}, expected no such key with this model; remove it
            records: 100 | `records: 100
            keys: {distribution: uniform}` | :5: keys: is there, expected no such key with this model; remove it
            records: 100 | records: 9000000 | :4: records: is 9000000, expected 1 to 8000000
            `trace: {file: day.csv, format: csv}` | `` | :1: trace: is missing, expected a mapping with the keys file and format
            format: csv | format: tsv | :6: trace.format: is "tsv", expected one of csv, json-lines
            format: csv | fromat: csv | :6: trace.fromat: is not a key here, expected one of file, format, offsetUnit
            """)
    void a_fault_is_told_on_one_line(String good, String bad, String message) {
        assertThatThrownBy(() -> spec(SPEC.replace(good, bad), TRACE)).hasMessage(folder.resolve("day.yaml") + message);
    }

    @Test
    void a_fault_in_the_trace_names_the_trace() {
        assertThatThrownBy(() -> spec(SPEC, TRACE.replace("exists", "is-there")))
                .hasMessage(folder.resolve("day.csv")
                        + ":4: operation: is \"is-there\", expected one of read, exists, write, delete, rmw, scan");
    }

    private static List<String> operations(OperationStream stream, int count) {
        List<String> operations = new ArrayList<>();
        Operation operation = new Operation();
        for (int i = 0; i < count; i++) {
            stream.next(operation);
            operations.add(operation.demand() + " "
                    + new String(operation.key(), 0, operation.keyLength(), StandardCharsets.UTF_8) + " "
                    + operation.valueLength());
        }
        return operations;
    }

    private static String digest(WorkloadSpec spec, long seed) {
        OperationStream stream = spec.openStream(seed, 100);
        operations(stream, 50);
        return stream.digest().current();
    }

    private WorkloadSpec spec(String spec, String trace) throws IOException {
        Files.writeString(folder.resolve("day.csv"), trace);
        Path file = folder.resolve("day.yaml");
        Files.writeString(file, spec);
        return WorkloadFile.read(file);
    }
}

package io.quorumark.workload.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.workload.WorkloadSpec;
import io.quorumark.workload.catalog.WorkloadFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictYamlTest {
    private static final String GOOD = """
            name: mine
            description: A workload.
            model: ycsb
            records: 1000
            operations: {read: 0.5, update: 0.5}
            keys:
              distribution: uniform
            values:
              sizes: constant
              bytes: 100
              compressionRatio: 0.5
            """;

    @Test
    void a_good_file_is_read() throws IOException {
        WorkloadSpec spec = read(GOOD);
        assertThat(spec.records()).isEqualTo(1000);
        assertThat(spec.share("update")).isEqualTo(0.5);
        assertThat(spec.values().bytes()).isEqualTo(100);
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            records: 1000 | recods: 1000 | mine.yaml:4: recods: is not a key here, expected one of controlPlane, description, keys, \
            ledger, maxScanLength, model, name, operations, raftLog, readsMayMiss, records, trace, values
            records: 1000 | | mine.yaml:1: records: is missing; add it
            records: 1000 | records: -5 | mine.yaml:4: records: is -5, expected 1 to 1000000000
            records: 1000 | records: "1000" | mine.yaml:4: records: is "1000", expected a whole number
            records: 1000 | records: 10.5 | mine.yaml:4: records: is 10.5, expected a whole number
            records: 1000 | records: many | mine.yaml:4: records: is "many", expected a whole number
            records: 1000 | records: 99999999999999999999 | mine.yaml:4: records: is 99999999999999999999, expected a whole number up \
            to 9223372036854775807
            records: 1000 | records: 0200 | mine.yaml:4: records: is 0200, expected a number in decimal digits without leading zeros, \
            such as 200 or 1_000
            records: 1000 | records: 0x200 | mine.yaml:4: records: is 0x200, expected a number in decimal digits without leading zeros, \
            such as 200 or 1_000
            records: 1000 | records: 1_0 | mine.yaml:4: records: is 1_0, expected a number in decimal digits without leading zeros, \
            such as 200 or 1_000
            records: 1000 | records: 1:30 | mine.yaml:4: records: is "1:30", expected a whole number
            records: 1000 | records: .inf | mine.yaml:4: records: is Infinity, expected a whole number
            records: 1000 | records: yes | mine.yaml:4: records: is a boolean, expected a whole number
            bytes: 100 | bytes: 0144 | mine.yaml:10: values.bytes: is 0144, expected a number in decimal digits without leading zeros, \
            such as 200 or 1_000
            compressionRatio: 0.5 | compressionRatio: .inf | mine.yaml:11: values.compressionRatio: is .inf, expected a number in \
            decimal digits without leading zeros, such as 200 or 1_000
            compressionRatio: 0.5 | compressionRatio: .nan | mine.yaml:11: values.compressionRatio: is .nan, expected a number in \
            decimal digits without leading zeros, such as 200 or 1_000
            compressionRatio: 0.5 | compressionRatio: 1.0e+999 | mine.yaml:11: values.compressionRatio: is 1.0e+999, expected a number \
            up to 1.7976931348623157E308
            update: 0.5 | update: 00.5 | mine.yaml:5: operations.update: is 00.5, expected a number in decimal digits without leading \
            zeros, such as 200 or 1_000
            update: 0.5 | update: .inf | mine.yaml:5: operations.update: is .inf, expected a number in decimal digits without leading \
            zeros, such as 200 or 1_000
            records: 1000 | records: [1] | mine.yaml:4: records: is a list, expected a whole number
            records: 1000 | records: | mine.yaml:4: records: has no value; write one, or remove the key to get its default
            records: 1000 | records: null | mine.yaml:4: records: has no value; write one, or remove the key to get its default; if \
            a name is meant, quote it: 'null'
            records: 1000 | records: ~ | mine.yaml:4: records: has no value; write one, or remove the key to get its default; if a \
            name is meant, quote it: '~'
            records: 1000 | records: *many | mine.yaml:4: records: is the alias *many; write the value out, aliases are not read
            records: 1000 | name: other | mine.yaml:4: name: is written twice; keep one
            name: mine | name: My Load | mine.yaml:1: name: is My Load, expected lower-case words joined by dashes, such as ycsb-a
            model: ycsb | model: tpc | mine.yaml:3: model: is "tpc", expected one of cache, control-plane, ledger, lifecycle, raft-log, \
            session-store, trace, ycsb
            model: ycsb | model: 1 | mine.yaml:3: model: is "1", expected one of cache, control-plane, ledger, lifecycle, raft-log, \
            session-store, trace, ycsb
            update: 0.5 | update: 0.4 | mine.yaml:5: operations: is {read=0.5, update=0.4}, which sums to 0.9, expected shares that sum to 1
            update: 0.5 | write: 0.5 | mine.yaml:5: operations.write: is not an operation here, expected one of read, update, insert, \
            scan, rmw
            update: 0.5 | update: -0.5 | mine.yaml:5: operations.update: is -0.5, expected a share from 0 to 1
            update: 0.5 | scan: 0.5 | mine.yaml:1: maxScanLength: is missing, expected 1 to 100000, as the mix has scans
            distribution: uniform | distribution: zipf | mine.yaml:7: keys.distribution: is "zipf", expected one of hotspot, latest, \
            scrambled-zipfian, sequential, uniform, zipfian
            distribution: uniform | theta: 0.5 | mine.yaml:6: keys.distribution: is missing; add it
            bytes: 100 | bytes: -1 | mine.yaml:10: values.bytes: is -1, expected 8 to 4194304
            bytes: 100 | minBytes: 100 | mine.yaml:8: values.bytes: is missing, expected 8 to 4194304
            compressionRatio: 0.5 | compressionRatio: 1.5 | mine.yaml:11: values.compressionRatio: is 1.5, expected 0.05 to 1
            compressionRatio: 0.5 | | mine.yaml:8: values.compressionRatio: is missing; add it
            records: 1000 | `records: {a: 1` | mine.yaml:5: is not YAML: while parsing a flow mapping
            """)
    void a_fault_is_told_on_one_line(String good, String bad, String message) {
        String text = GOOD.replace(good, bad == null ? "" : bad);
        assertThatThrownBy(() -> read(text)).isInstanceOf(SpecException.class).hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\0", "\\x00", "\\u0000"})
    void a_nul_in_a_value_or_a_key_is_told_on_one_line(String nul) {
        String problem =
                "holds a NUL character (as \"\\0\", \"\\x00\" or \"\\u0000\"), which no name or path can; remove it";
        assertThatThrownBy(() -> read(GOOD.replace("A workload.", "\"a" + nul + "b\"")))
                .isInstanceOf(SpecException.class)
                .hasMessage("mine.yaml:2: description: " + problem);
        assertThatThrownBy(() -> read(GOOD.replace("sizes: constant", "file: \"sizes" + nul + ".csv\"")))
                .hasMessage("mine.yaml:9: values.file: " + problem);
        assertThatThrownBy(() -> read(GOOD.replace("records:", "\"rec" + nul + "ords\":")))
                .hasMessage("mine.yaml:4: rec\\0ords: " + problem);
    }

    @Test
    void a_document_that_is_nested_without_end_is_refused_before_it_is_remembered() {
        String deep = "[".repeat(900) + "1,".repeat(400_000) + "1" + "]".repeat(900);
        assertThatThrownBy(() -> read(GOOD.replace("records: 1000", "records: " + deep)))
                .isInstanceOf(SpecException.class)
                .hasMessageMatching(
                        "mine\\.yaml:4: records(\\[0])+: is nested in 51 keys and lists, expected at most 50");
    }

    @Test
    void a_file_with_the_nul_itself_is_refused_on_one_line() {
        assertThatThrownBy(() -> read(GOOD.replace("A workload.", "a\0b")))
                .isInstanceOf(SpecException.class)
                .hasMessageStartingWith("mine.yaml:")
                .hasMessageContaining("is not YAML: ")
                .hasMessageNotContaining("\n")
                .hasMessageNotContaining("\0");
    }

    @Test
    void numbers_mean_what_a_person_reads_and_texts_stay_as_they_are_written() throws IOException {
        assertThat(read(GOOD.replace("records: 1000", "records: 1_000_000")).records())
                .isEqualTo(1_000_000);
        assertThat(read(GOOD.replace("records: 1000", "records: +1000")).records())
                .isEqualTo(1000);
        assertThat(read(GOOD.replace("description: A workload.", "description: 0644"))
                        .description())
                .isEqualTo("0644");
        assertThat(read(GOOD.replace("description: A workload.", "description: .inf"))
                        .description())
                .isEqualTo(".inf");
        assertThat(read(GOOD.replace("description: A workload.", "description: yes"))
                        .description())
                .isEqualTo("yes");
    }

    @Test
    void a_byte_order_mark_is_no_part_of_the_text() throws IOException {
        assertThat(read("\uFEFF" + GOOD)).isEqualTo(read(GOOD));
        assertThatThrownBy(() -> read("\uFEFF" + GOOD.replace("records: 1000", "records: -5")))
                .hasMessage("mine.yaml:4: records: is -5, expected 1 to 1000000000");
    }

    @Test
    void an_empty_file_a_list_and_a_second_document_are_refused() {
        assertThatThrownBy(() -> read("")).hasMessage("mine.yaml:1: is empty, expected a mapping of keys to values");
        assertThatThrownBy(() -> read("- a"))
                .hasMessage("mine.yaml:1: is a list, expected a mapping of keys to values");
        assertThatThrownBy(() -> read(GOOD + "---\na: 1\n"))
                .hasMessage("mine.yaml:13: a second document begins here, expected one; remove it");
    }

    @Test
    void a_file_that_is_not_there_or_not_text_is_refused() {
        assertThatThrownBy(() -> WorkloadFile.read(Path.of("no-such.yaml"))).hasMessage("no-such.yaml: no such file");
        assertThatThrownBy(() -> WorkloadFile.read("mine.yaml", new ByteArrayInputStream(new byte[] {(byte) 0xff, 1})))
                .hasMessage("mine.yaml: is not UTF-8 text, expected a YAML file; save it as UTF-8");
    }

    private static WorkloadSpec read(String text) throws IOException {
        return WorkloadFile.read("mine.yaml", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}

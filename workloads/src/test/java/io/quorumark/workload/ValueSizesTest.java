package io.quorumark.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.quorumark.workload.catalog.WorkloadCatalog;
import io.quorumark.workload.catalog.WorkloadFile;
import io.quorumark.workload.distribution.Randomness;
import io.quorumark.workload.model.ValueWriter;
import io.quorumark.workload.value.ValueSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.inference.ChiSquareTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What streams really write, against what their specs ask for. */
class ValueSizesTest {
    private static final int DRAWS = 200_000;
    private static final double REJECT_BELOW = 1e-4;

    @TempDir
    Path folder;

    @Test
    void constant_sizes_are_constant() throws IOException {
        assertThat(lengths("sizes: constant, bytes: 77")).containsOnlyKeys(77);
    }

    @Test
    void uniform_sizes_are_all_as_likely() throws IOException {
        Map<Integer, Integer> lengths = lengths("sizes: uniform, minBytes: 100, maxBytes: 149");
        assertThat(lengths).hasSize(50);
        double[] expected = new double[50];
        long[] observed = new long[50];
        lengths.forEach((bytes, count) -> observed[bytes - 100] = count);
        java.util.Arrays.fill(expected, 1);
        assertThat(ChiSquareTest.withDefaults().test(expected, observed).getPValue())
                .isGreaterThan(REJECT_BELOW);
    }

    @Test
    void lognormal_sizes_are_normal_in_their_logarithm() throws IOException {
        Map<Integer, Integer> lengths =
                lengths("sizes: lognormal, minBytes: 8, maxBytes: 100000, medianBytes: 1000, sigma: 0.5");
        NormalDistribution normal = NormalDistribution.of(Math.log(1000), 0.5);
        double[] bounds = {0, 400, 600, 800, 1000, 1300, 1700, 2500, 100_001};
        double[] expected = new double[bounds.length - 1];
        long[] observed = new long[bounds.length - 1];
        for (int i = 0; i < expected.length; i++) {
            // Lengths are rounded, so a bin from 400 on begins at 399.5.
            expected[i] = normal.probability(Math.log(Math.max(1e-9, bounds[i] - 0.5)), Math.log(bounds[i + 1] - 0.5));
        }
        lengths.forEach((bytes, count) -> {
            int bin = 0;
            while (bytes >= bounds[bin + 1]) {
                bin++;
            }
            observed[bin] += count;
        });
        assertThat(ChiSquareTest.withDefaults().test(expected, observed).getPValue())
                .isGreaterThan(REJECT_BELOW);
    }

    @Test
    void sizes_from_a_file_come_as_often_as_it_says() throws IOException {
        Files.writeString(folder.resolve("sizes.csv"), "bytes,count\n16,5\n100,80\n4000,15\n");
        Map<Integer, Integer> lengths = lengths("sizes: histogram, file: sizes.csv");
        assertThat(lengths).containsOnlyKeys(16, 100, 4000);
        long[] observed = {lengths.getOrDefault(16, 0), lengths.getOrDefault(100, 0), lengths.getOrDefault(4000, 0)};
        assertThat(ChiSquareTest.withDefaults()
                        .test(new double[] {0.05, 0.80, 0.15}, observed)
                        .getPValue())
                .isGreaterThan(REJECT_BELOW);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            `bytes,count
            16,5
            17` | :3: has 1 fields, expected two: a size in bytes and how often it occurs
            `bytes,count
            16,5
            x,5` | :3: bytes: is "x", expected a whole number from 8 to 4194304
            `bytes,count
            4,5` | :2: bytes: is "4", expected a whole number from 8 to 4194304
            `bytes,count
            16,0` | :2: count: is "0", expected a whole number from 1 to 4503599627370496
            `bytes,count
            16,1
            16,1` | :3: bytes: is 16 again, expected each size once
            `size,count
            16,1` | :1: is "size,count", expected the header bytes,count
            `bytes,count
            ` | :2: is missing, expected at least one size and its count
            """)
    void a_fault_in_a_table_is_told_with_file_and_line(String table, String message) throws IOException {
        Path file = folder.resolve("sizes.csv");
        Files.writeString(file, table);
        assertThatThrownBy(() -> spec("sizes: histogram, file: sizes.csv")).hasMessage(file + message);
    }

    @Test
    void a_table_that_is_not_there_or_not_wanted_is_refused() {
        assertThatThrownBy(() -> spec("sizes: histogram, file: none.csv"))
                .hasMessage(folder.resolve("none.csv") + ": no such file; it is named by values.file");
        assertThatThrownBy(() -> spec("sizes: histogram"))
                .hasMessage(folder.resolve("mine.yaml")
                        + ":7: values.file: is missing, expected the name of a CSV file with the header bytes,count");
        assertThatThrownBy(() -> spec("sizes: constant, bytes: 10, file: x.csv"))
                .hasMessage(folder.resolve("mine.yaml")
                        + ":7: values.file: is x.csv, expected no such key with these sizes; remove it");
    }

    @Test
    void the_identity_follows_the_table_and_the_keys_but_neither_description_nor_file_name() throws IOException {
        Files.writeString(folder.resolve("a.csv"), "bytes,count\n16,5\n");
        Files.writeString(folder.resolve("b.csv"), "bytes,count\n16,5\n");
        Files.writeString(folder.resolve("c.csv"), "bytes,count\n16,6\n");
        String identity = spec("sizes: histogram, file: a.csv").identity();
        assertThat(identity).hasSize(64);
        assertThat(spec("sizes: histogram, file: b.csv").identity()).isEqualTo(identity);
        assertThat(spec("sizes: histogram, file: c.csv").identity()).isNotEqualTo(identity);
        assertThat(spec("sizes: constant, bytes: 16").identity()).isNotEqualTo(identity);
        WorkloadSpec a = WorkloadCatalog.find("ycsb-a");
        WorkloadSpec described = new WorkloadSpec(
                a.name(),
                "Other words.",
                a.model(),
                a.records(),
                a.operations(),
                a.keys(),
                a.values(),
                null,
                null,
                true);
        assertThat(described.identity()).isEqualTo(a.identity());
        assertThat(WorkloadCatalog.names().stream()
                        .map(name -> WorkloadCatalog.find(name).identity())
                        .distinct())
                .hasSameSizeAs(WorkloadCatalog.names());
    }

    @ParameterizedTest
    @CsvSource({
        "0.1, 'sizes: constant, bytes: 1000'",
        "0.3, 'sizes: constant, bytes: 1000'",
        "0.5, 'sizes: constant, bytes: 1000'",
        "0.8, 'sizes: constant, bytes: 1000'",
        "1.0, 'sizes: constant, bytes: 1000'",
        "0.5, 'sizes: uniform, minBytes: 100, maxBytes: 3000'",
        "0.5, 'sizes: lognormal, minBytes: 64, maxBytes: 65536, medianBytes: 400, sigma: 1.0'",
        "0.5, 'sizes: constant, bytes: 65536'",
    })
    void written_values_deflate_to_the_ratio_asked_for(double ratio, String sizes) throws IOException {
        assertThat(deflatedShare(spec(sizes, ratio))).isCloseTo(ratio, within(0.04));
    }

    @ParameterizedTest
    @CsvSource({"ycsb-a", "session-store", "cache-mix", "control-plane", "ledger", "raft-log"})
    void the_values_of_built_in_workloads_deflate_to_their_ratio(String name) {
        WorkloadSpec spec = WorkloadCatalog.find(name);
        assertThat(deflatedShare(spec)).isCloseTo(spec.values().compressionRatio(), within(0.08));
    }

    @ParameterizedTest
    @MethodSource("catalog")
    void what_is_stored_compresses_as_the_workload_wants(String name) {
        WorkloadSpec spec = WorkloadCatalog.find(name);
        assertThat(ContentModel.replay(spec, 7, 3_000, 8_000).deflatedShare())
                .isCloseTo(spec.values().compressionRatio(), within(0.12));
    }

    static List<String> catalog() {
        return WorkloadCatalog.names();
    }

    @Test
    void too_little_to_fill_a_block_tells_nothing_of_compression() {
        assertThat(new ContentModel().deflatedShare()).isZero();
    }

    /** Of the values alone, as they come, in blocks of a size that engines compress: 16 KiB. */
    private static double deflatedShare(WorkloadSpec spec) {
        int block = 16 << 10;
        byte[] values = new byte[block + ValueSpec.MAX_BYTES];
        int used = 0;
        long written = 0;
        long deflated = 0;
        ValueWriter writer = new ValueWriter(spec.values(), 3, Randomness.of(3, "test"));
        Operation operation = new Operation();
        for (int version = 1; written < 4 << 20; version++) {
            writer.write(operation, version);
            System.arraycopy(operation.value(), 0, values, used, operation.valueLength());
            used += operation.valueLength();
            if (used >= block) {
                written += used;
                deflated += deflate(values, used);
                used = 0;
            }
        }
        return (double) deflated / written;
    }

    private static int deflate(byte[] bytes, int length) {
        Deflater deflater = new Deflater();
        deflater.setInput(bytes, 0, length);
        deflater.finish();
        int deflated = deflater.deflate(new byte[2 * length + 64]);
        deflater.end();
        return deflated;
    }

    private Map<Integer, Integer> lengths(String sizes) throws IOException {
        OperationStream stream = spec(sizes).openStream(1, 10);
        Operation operation = new Operation();
        Map<Integer, Integer> lengths = new HashMap<>();
        for (int i = 0; i < DRAWS; i++) {
            stream.next(operation);
            lengths.merge(operation.valueLength(), 1, Integer::sum);
        }
        return lengths;
    }

    private WorkloadSpec spec(String sizes) throws IOException {
        return spec(sizes, 0.5);
    }

    private WorkloadSpec spec(String sizes, double ratio) throws IOException {
        Path file = folder.resolve("mine.yaml");
        Files.writeString(file, """
                name: mine
                description: A workload.
                model: ycsb
                records: 10
                operations: {update: 1.0}
                keys: {distribution: uniform}
                values: {%s, compressionRatio: %s}
                """.formatted(sizes, ratio));
        return WorkloadFile.read(file);
    }
}

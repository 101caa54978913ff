package io.quorumark.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.sample.SampleCampaign;
import io.quorumark.results.sample.SampleShape;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A line for each option, from what the campaign stores and what its trials measured. */
class StorageModesTest {
    @TempDir
    Path folder;

    @Test
    void every_option_has_a_line_and_instruments_have_none() throws Exception {
        StorageModes modes = StorageModes.of(ReportContent.of(Analysis.of(
                io.quorumark.results.store.CampaignReader.read(SampleCampaign.of(SampleShape.ADR.withSize(6, 3))
                        .writeTo(folder)
                        .root()))));
        assertThat(modes.rows())
                .extracting(row -> row.get(0))
                .containsExactly("RocksDB", "LMDB", "MapDB (log: memory)", "Xodus", "In-memory + WAL");
        assertThat(modes.rows()).allSatisfy(row -> assertThat(row).hasSameSizeAs(modes.head()));
        assertThat(of(modes, "LMDB", "Licence")).isEqualTo("Apache-2.0 AND OLDAP-2.8");
        assertThat(of(modes, "Xodus", "Maintenance")).isEqualTo("ending");
        assertThat(of(modes, "MapDB (log: memory)", "Durability and its proof")).endsWith("its log lies in memory");
        assertThat(of(modes, "RocksDB", "Recovery")).isEqualTo("–");
        assertThat(of(modes, "RocksDB", "Quickest operations, p99")).matches("[a-z-]+ [\\d.]+ (µs|ms)");
        assertThat(of(modes, "RocksDB", "Disk, all members")).containsPattern("\\d (B|KiB|MiB|GiB)");
    }

    private static String of(StorageModes modes, String option, String column) {
        List<String> row = modes.rows().stream()
                .filter(each -> each.get(0).equals(option))
                .findFirst()
                .orElseThrow();
        return row.get(modes.head().indexOf(column));
    }
}

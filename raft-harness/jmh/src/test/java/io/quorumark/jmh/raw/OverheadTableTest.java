package io.quorumark.jmh.raw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.quorumark.results.stats.BlockedRatio;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverheadTableTest {
    private static OverheadRow row(String engine, String operation, double spi, double raw) {
        OverheadRow.Round round = new OverheadRow.Round(new OverheadRow.Side(spi, 56), new OverheadRow.Side(raw, 24));
        return new OverheadRow(engine, operation, List.of(round, round, round, round, round, round));
    }

    @Test
    void a_ratio_is_the_time_through_the_spi_over_the_time_without() {
        OverheadRow row = row("rocksdb", "get", 104, 100);
        assertThat(row.ratio().ratio().estimate()).isCloseTo(1.04, within(1e-9));
        assertThat(row.addedBytesPerOperation()).isEqualTo(32);
    }

    /** 100 slices that agree within a JVM say nothing of how JVMs differ: 0.945 in one, 1.164 in another. */
    @Test
    void slices_of_one_jvm_count_as_one_pair() {
        List<OverheadRow.Round> jvms = new ArrayList<>();
        for (double ratio : new double[] {0.945, 1.164, 0.965, 1.02}) {
            List<OverheadRow.Round> slices = new ArrayList<>();
            for (int slice = 0; slice < 100; slice++) {
                slices.add(new OverheadRow.Round(
                        new OverheadRow.Side(ratio * (100 + slice % 3), 8), new OverheadRow.Side(100 + slice % 3, 0)));
            }
            jvms.add(PairedOverhead.ofOneJvm(slices));
        }
        BlockedRatio ratio = new OverheadRow("lmdb", "get", jvms).ratio();
        assertThat(ratio.blocks()).isEqualTo(4);
        assertThat(ratio.ratio().confidence()).isCloseTo(0.875, within(1e-9));
        assertThat(ratio.ratio().low()).isCloseTo(0.945, within(1e-9));
        assertThat(ratio.ratio().high()).isCloseTo(1.164, within(1e-9));
        assertThat(OverheadTable.of(List.of(new OverheadRow("lmdb", "get", jvms))))
                .contains("0.945 .. 1.164 (87 %)");
    }

    @Test
    void the_summary_leaves_out_what_does_not_do_the_same_work() {
        String table = OverheadTable.of(List.of(
                row("rocksdb", "get", 110, 100), row("lmdb", "next", 100, 110), row("memory", "put", 900, 100)));
        assertThat(table)
                .contains("geometric mean 1.000, worst 1.100 (rocksdb get)")
                .contains("memory *")
                .contains("9.000")
                .contains("not the same work");
    }
}

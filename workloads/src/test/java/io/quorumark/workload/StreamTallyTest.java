package io.quorumark.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.workload.catalog.WorkloadCatalog;
import org.junit.jupiter.api.Test;

class StreamTallyTest {
    private static final int RECORDS = 200;
    private static final int OPERATIONS = 4_000;

    @Test
    void only_what_comes_after_the_load_is_tallied() {
        ContentModel loaded = ContentModel.replay(WorkloadCatalog.find("ycsb-a"), 1, RECORDS, RECORDS);

        assertThat(loaded.tally().operations()).isZero();
        assertThat(loaded.tally().writtenBytes()).isZero();
        assertThat(loaded.contentBytes()).isPositive();
    }

    @Test
    void updates_write_their_key_and_value_and_reads_nothing() {
        ContentModel model = ContentModel.replay(WorkloadCatalog.find("ycsb-a"), 1, RECORDS, RECORDS + OPERATIONS);
        StreamTally tally = model.tally();

        assertThat(tally.operations()).isEqualTo(OPERATIONS);
        assertThat(tally.reads() + tally.writes()).isEqualTo(OPERATIONS);
        assertThat(tally.writes()).isBetween(OPERATIONS * 45L / 100, OPERATIONS * 55L / 100);
        // All records are of one size.
        assertThat(tally.writtenBytes()).isEqualTo(tally.writes() * model.contentBytes() / RECORDS);
    }

    @Test
    void a_read_modify_write_reads_and_writes() {
        StreamTally tally = ContentModel.replay(WorkloadCatalog.find("ycsb-f"), 1, RECORDS, RECORDS + OPERATIONS)
                .tally();

        assertThat(tally.reads()).isEqualTo(OPERATIONS);
        assertThat(tally.writes()).isBetween(OPERATIONS * 45L / 100, OPERATIONS * 55L / 100);
    }

    @Test
    void scans_are_told_apart() {
        StreamTally tally = ContentModel.replay(WorkloadCatalog.find("ycsb-e"), 1, RECORDS, RECORDS + OPERATIONS)
                .tally();

        assertThat(tally.scans()).isGreaterThan(OPERATIONS * 9L / 10);
        assertThat(tally.reads()).isZero();
    }
}

package io.quorumark.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.workload.catalog.WorkloadCatalog;
import io.quorumark.workload.key.KeyText;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OperationStreamTest {
    private static final int RECORDS = 2_000;

    @ParameterizedTest
    @MethodSource("io.quorumark.workload.catalog.WorkloadCatalog#names")
    void equal_seeds_give_equal_streams_and_others_do_not(String name) {
        WorkloadSpec spec = WorkloadCatalog.find(name);
        String once = digestAfter(spec, 1, 30_000);
        assertThat(digestAfter(spec, 1, 30_000)).isEqualTo(once);
        assertThat(digestAfter(spec, 2, 30_000)).isNotEqualTo(once);
    }

    @ParameterizedTest
    @CsvSource({
        "ycsb-a, 18bd7046c206d411048d3d07ac73dbcb",
        "session-store, eaf5f24b80512361923a788da732337c",
        "ycsb-d, c95debf5c39e7745cf4c210e4415a8b5",
        "ycsb-e, 51d07e9fab9bdc549df94fc9dbb57fe8",
        "ycsb-f, 11f9eca024535dac3d47c3270c621853",
        "cache-mix, 4a504ac2a573c1490cbc06ff6e61f3c5",
        "control-plane, dccc2732c321c5f61aae4ada81f20036",
        "ledger, 6e1ae0ddcdd3112e6407d59eab58fc81",
        "raft-log, 17a7e6e13254bc5caa07d8a1535edf04"
    })
    void streams_do_not_change_from_release_to_release_unnoticed(String name, String digest) {
        assertThat(digestAfter(WorkloadCatalog.find(name), 1, 10_000)).isEqualTo(digest);
    }

    @Test
    void digests_of_two_lengths_agree_at_their_common_prefixes() {
        WorkloadSpec spec = WorkloadCatalog.find("ycsb-a");
        OperationStream shorter = advance(spec.openStream(1, RECORDS), 25_000);
        OperationStream longer = advance(spec.openStream(1, RECORDS), 41_000);
        Map<Long, String> prefixes = shorter.digest().prefixes();
        assertThat(longer.digest().prefixes()).containsAllEntriesOf(prefixes);
        assertThat(prefixes.keySet())
                .contains(1L, 2L, 1024L, 10_000L, 16_384L, 20_000L)
                .doesNotContain(30_000L);
        assertThat(longer.digest().operations()).isEqualTo(41_000);
    }

    @Test
    void the_load_inserts_every_record_once_in_shuffled_order() {
        OperationStream stream = WorkloadCatalog.find("ycsb-a").openStream(1, RECORDS);
        Operation operation = new Operation();
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < stream.loadOperations(); i++) {
            stream.next(operation);
            assertThat(operation.operationClass()).isEqualTo("insert");
            assertThat(operation.keyLength()).isBetween(16, 40);
            assertThat(KeyText.bigEndian(operation.value(), 0)).isEqualTo(i + 1);
            keys.add(Arrays.toString(Arrays.copyOf(operation.key(), operation.keyLength())));
        }
        assertThat(keys).hasSize(RECORDS);
    }

    @Test
    void a_mix_has_its_shares() {
        OperationStream stream = advance(WorkloadCatalog.find("session-store").openStream(1, RECORDS), RECORDS);
        int[] counts = new int[4];
        Operation operation = new Operation();
        for (int i = 0; i < 100_000; i++) {
            stream.next(operation);
            counts[operation.operationClassIndex()]++;
        }
        assertThat(counts[0]).isBetween(14_500, 15_500);
        assertThat(counts[1]).isBetween(69_000, 71_000);
        assertThat(counts[2]).isBetween(13_500, 14_500);
        assertThat(counts[3]).isBetween(850, 1_150);
    }

    @Test
    void sessions_stay_near_the_number_loaded_and_the_model_agrees() {
        WorkloadSpec spec = WorkloadCatalog.find("session-store");
        OperationStream stream = spec.openStream(3, 20_000);
        ContentModel model = new ContentModel();
        Operation operation = new Operation();
        for (int i = 0; i < 600_000; i++) {
            stream.next(operation);
            if (operation.kind() == OperationKind.READ || operation.kind() == OperationKind.COMPARE_AND_SET) {
                assertThat(model.get(Arrays.copyOf(operation.key(), operation.keyLength())))
                        .isNotNull();
            }
            model.apply(operation);
            if (i < 20_000) {
                continue;
            }
            assertThat(model.records()).isBetween(3L * 17_000, 3L * 23_000);
        }
        assertThat(model.conflicts()).isZero();
        assertThat(model.records() % 3).isZero();
    }

    @Test
    void the_content_is_the_same_whoever_replays_the_stream() {
        WorkloadSpec spec = WorkloadCatalog.find("ycsb-a");
        ContentModel once = ContentModel.replay(spec, 1, RECORDS, 20_000);
        assertThat(once.records()).isEqualTo(RECORDS);
        assertThat(once.digest())
                .hasSize(64)
                .isEqualTo(ContentModel.replay(spec, 1, RECORDS, 20_000).digest());
        assertThat(ContentModel.replay(spec, 1, RECORDS, 20_010).digest()).isNotEqualTo(once.digest());
    }

    @Test
    void a_content_digest_is_sha256_over_lengths_and_bytes() {
        Operation operation = new Operation();
        operation.reset(OperationKind.INSERT, new OperationClass(0, "insert"));
        operation.prepareKey(1)[0] = 'k';
        operation.prepareValue(2)[0] = 'v';
        operation.value()[1] = 'w';
        ContentModel model = new ContentModel();
        model.apply(operation);
        // printf '\0\0\0\1k\0\0\0\2vw' | sha256sum
        assertThat(model.digest()).isEqualTo("4a60a7e599c9748239408b85ee7802db6340278fb65215ba1052cca498f588f0");
    }

    @Test
    void the_catalog_lists_what_it_has_and_names_it_where_asked_for_more() {
        for (String name : WorkloadCatalog.names()) {
            assertThat(WorkloadCatalog.find(name).name()).isEqualTo(name);
        }
        assertThatThrownBy(() -> WorkloadCatalog.resolve("ycsb-z"))
                .hasMessage(
                        "workload ycsb-z: is not in the catalog, expected one of ycsb-a, ycsb-b, ycsb-c, ycsb-d, ycsb-e, ycsb-f,"
                                + " session-store, cache-mix, control-plane, ledger, raft-log, lifecycle, or the path of a .yaml file");
        assertThatThrownBy(() -> WorkloadCatalog.resolve("none/such.yaml")).hasMessage("none/such.yaml: no such file");
    }

    private static String digestAfter(WorkloadSpec spec, long seed, long operations) {
        return advance(spec.openStream(seed, RECORDS), operations).digest().current();
    }

    private static OperationStream advance(OperationStream stream, long operations) {
        Operation operation = new Operation();
        while (stream.position() < operations) {
            stream.next(operation);
        }
        return stream;
    }
}

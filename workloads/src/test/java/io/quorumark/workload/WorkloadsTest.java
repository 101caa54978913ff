package io.quorumark.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.workload.catalog.WorkloadCatalog;
import io.quorumark.workload.key.KeySpec;
import io.quorumark.workload.key.KeyText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every built-in workload, run against a store that is too simple to be wrong. */
class WorkloadsTest {
    private static final int RECORDS = 3_000;
    private static final int OPERATIONS = 60_000;

    private final NaiveStore store = new NaiveStore();
    private final Operation operation = new Operation();

    @ParameterizedTest
    @MethodSource("io.quorumark.workload.catalog.WorkloadCatalog#names")
    void every_operation_makes_sense_where_it_comes_and_the_model_knows_the_content(String name) {
        WorkloadSpec spec = WorkloadCatalog.find(name);
        OperationStream stream = spec.openStream(5, RECORDS);
        Set<Demand> seen = EnumSet.noneOf(Demand.class);
        while (stream.position() < OPERATIONS) {
            stream.next(operation);
            seen.add(operation.demand());
            assertThat(operation.kind()).isEqualTo(operation.demand().kind());
            assertThat(operation.operationClass())
                    .isEqualTo(stream.operationClasses().get(operation.operationClassIndex()));
            byte[] key = Arrays.copyOf(operation.key(), operation.keyLength());
            if (operation.kind() == OperationKind.UPDATE || operation.kind() == OperationKind.READ_MODIFY_WRITE) {
                assertThat(store.records).containsKey(key);
            } else if (operation.kind() == OperationKind.INSERT) {
                assertThat(store.records).doesNotContainKey(key);
            } else if (operation.kind() == OperationKind.SCAN) {
                assertThat(operation.scanLength()).isPositive();
            }
            if (operation.valueLength() > 0) {
                assertThat(KeyText.bigEndian(operation.value(), 0)).isNotEqualTo(Operation.ABSENT_VERSION);
            }
            store.apply(operation);
            assertThat(store.outcome).isNotEqualTo(Outcome.CONFLICT);
        }
        assertThat(seen).isEqualTo(spec.demands());
        ContentModel model = ContentModel.replay(spec, 5, RECORDS, OPERATIONS);
        assertThat(model.conflicts()).isZero();
        assertThat(model.records()).isEqualTo(store.records.size());
        store.records.forEach((key, value) -> assertThat(model.get(key)).isEqualTo(value));
    }

    @ParameterizedTest
    @CsvSource({
        "ycsb-a, read=0.5 update=0.5",
        "ycsb-b, read=0.95 update=0.05",
        "ycsb-c, read=1.0",
        "ycsb-d, read=0.95 insert=0.05",
        "ycsb-e, scan=0.95 insert=0.05",
        "ycsb-f, read=0.5 rmw=0.5",
    })
    void the_core_workloads_have_the_published_shares_and_sizes(String name, String shares) {
        WorkloadSpec spec = WorkloadCatalog.find(name);
        Map<String, Double> published = new TreeMap<>();
        for (String share : shares.split(" ", -1)) {
            published.put(share.split("=", 2)[0], Double.valueOf(share.split("=", 2)[1]));
        }
        assertThat(spec.operations()).isEqualTo(published);
        assertThat(spec.drawnKeys().theta()).isEqualTo(0.99);
        assertThat(spec.values().bytes()).isEqualTo(1000);
        assertThat(spec.drawnKeys().distribution())
                .isEqualTo(
                        name.equals("ycsb-d") ? KeySpec.Distribution.LATEST : KeySpec.Distribution.SCRAMBLED_ZIPFIAN);
        assertThat(spec.maxScanLength()).isEqualTo(name.equals("ycsb-e") ? 100 : null);
    }

    @Test
    void ycsb_d_reads_what_was_inserted_last_most() {
        OperationStream stream = loaded("ycsb-d");
        byte[] newest = new byte[0];
        int reads = 0;
        int ofNewest = 0;
        for (int i = 0; i < 50_000; i++) {
            stream.next(operation);
            byte[] key = Arrays.copyOf(operation.key(), operation.keyLength());
            if (operation.kind() == OperationKind.INSERT) {
                newest = key;
            } else if (newest.length > 0) {
                reads++;
                ofNewest += Arrays.equals(key, newest) ? 1 : 0;
            }
        }
        // 1 / zeta(about 4,000 records, 0.99)
        assertThat((double) ofNewest / reads).isBetween(0.09, 0.13);
    }

    @Test
    void ycsb_e_scans_one_to_a_hundred_records_also_from_those_inserted() {
        OperationStream stream = loaded("ycsb-e");
        Set<Integer> lengths = new HashSet<>();
        Set<String> inserted = new HashSet<>();
        int fromInserted = 0;
        for (int i = 0; i < 50_000; i++) {
            stream.next(operation);
            if (operation.kind() == OperationKind.INSERT) {
                inserted.add(key());
            } else {
                lengths.add(operation.scanLength());
                fromInserted += inserted.contains(key()) ? 1 : 0;
            }
        }
        assertThat(lengths).hasSize(100).contains(1, 100);
        assertThat(fromInserted).isPositive();
    }

    @Test
    void one_get_of_a_cache_in_eight_misses_and_its_size_stays() {
        OperationStream stream = loaded("cache-mix");
        int gets = 0;
        int misses = 0;
        for (int i = 0; i < 300_000; i++) {
            stream.next(operation);
            store.apply(operation);
            if (operation.operationClass().equals("get")) {
                gets++;
                misses += store.outcome == Outcome.NOT_FOUND ? 1 : 0;
            }
        }
        assertThat((double) misses / gets).isBetween(0.08, 0.17);
        assertThat(store.records.size()).isBetween(RECORDS - 200, RECORDS + 200);
    }

    @Test
    void a_list_of_a_control_plane_scans_as_many_records_as_the_prefix_has() {
        OperationStream stream = loaded("control-plane");
        int creates = 0;
        for (int i = 0; i < 50_000; i++) {
            stream.next(operation);
            if (operation.operationClass().equals("list")) {
                assertThat(operation.scanLength()).isEqualTo(Math.max(1, store.countPrefix(key(operation))));
            }
            if (operation.kind() == OperationKind.COMPARE_AND_SET
                    && operation.expectedVersion() == Operation.ABSENT_VERSION) {
                creates++;
            }
            store.apply(operation);
        }
        assertThat(creates).isPositive();
        assertThat(store.records.size()).isBetween(RECORDS - 100, RECORDS + 100);
    }

    @Test
    void a_block_comes_in_one_batch_with_the_state_it_changes() {
        OperationStream stream = loaded("ledger");
        int blocks = 1;
        for (int i = 0; i < 20_000; i++) {
            stream.next(operation);
            if (operation.operationClass().equals("append")) {
                Mutations batch = operation.mutations();
                assertThat(batch.count()).isEqualTo(1 + 2 * 20);
                assertThat(batch.keyLength(0)).isEqualTo(18);
                assertThat(KeyText.bigEndian(batch.bytes(), batch.valueOffset(0) + 8))
                        .isEqualTo(blocks++);
                for (int change = 1; change < batch.count(); change += 2) {
                    assertThat(prefix(batch, change)).isEqualTo(prefix(batch, change + 1));
                }
            } else if (operation.kind() == OperationKind.READ) {
                assertThat(store.records).containsKey(key(operation));
            } else if (operation.operationClass().equals("list-state")) {
                assertThat(operation.scanLength()).isEqualTo(store.countPrefix(key(operation)));
            } else {
                byte[] from = key(operation);
                assertThat(store.records
                                .subMap(from, true, new byte[] {'b', '0'}, false)
                                .size())
                        .isGreaterThanOrEqualTo(operation.scanLength());
            }
            store.apply(operation);
        }
        assertThat(store.countPrefix("b/".getBytes(StandardCharsets.US_ASCII))).isEqualTo(blocks);
        assertThat(store.countPrefix("s/".getBytes(StandardCharsets.US_ASCII))).isEqualTo(RECORDS);
    }

    @Test
    void a_log_has_no_holes_and_stays_near_the_length_loaded() {
        WorkloadSpec spec = WorkloadCatalog.find("raft-log");
        OperationStream stream = spec.openStream(5, RECORDS);
        while (stream.position() < OPERATIONS) {
            stream.next(operation);
            if (operation.kind() == OperationKind.SCAN) {
                assertThat(store.records.tailMap(key(operation), true).size())
                        .isGreaterThanOrEqualTo(operation.scanLength());
            }
            int before = store.records.size();
            store.apply(operation);
            if (operation.demand() == Demand.DELETE_RANGE) {
                assertThat(store.records.size()).isLessThan(before);
            }
            assertThat(index(store.records.lastKey()) - index(store.records.firstKey()) + 1)
                    .isEqualTo(store.records.size());
        }
        assertThat(index(store.records.firstKey())).isGreaterThan(100_000);
        assertThat(store.records.size()).isBetween(RECORDS - 200, 3 * RECORDS);
    }

    @Test
    void one_account_one_object_one_entry_and_one_key_are_enough() {
        for (String name : WorkloadCatalog.names()) {
            OperationStream stream = WorkloadCatalog.find(name).openStream(1, 1);
            NaiveStore small = new NaiveStore();
            for (int i = 0; i < 2_000; i++) {
                stream.next(operation);
                small.apply(operation);
                assertThat(small.outcome).isNotEqualTo(Outcome.CONFLICT);
            }
            assertThat(small.records).as(name).isNotEmpty();
        }
    }

    @Test
    void a_section_of_another_model_is_refused() {
        WorkloadSpec ycsb = WorkloadCatalog.find("ycsb-a");
        WorkloadSpec ledger = WorkloadCatalog.find("ledger");
        assertThatThrownBy(() -> new WorkloadSpec(
                        "mine",
                        "A workload.",
                        ycsb.model(),
                        1,
                        ycsb.operations(),
                        ycsb.keys(),
                        ycsb.values(),
                        null,
                        ledger.section()))
                .hasMessageContaining("expected one of the model ycsb");
    }

    @Test
    void a_mix_that_deletes_more_than_it_writes_is_refused() {
        WorkloadSpec cache = WorkloadCatalog.find("cache-mix");
        assertThatThrownBy(() -> new WorkloadSpec(
                        "mine",
                        "A workload.",
                        cache.model(),
                        1,
                        Map.of("set", 0.1, "del", 0.9),
                        cache.keys(),
                        cache.values(),
                        null,
                        null))
                .hasMessage(
                        "operations.set: is 0.1, expected at least as much as del, which is 0.9: else most keys are absent");
    }

    private static long index(byte[] entryKey) {
        return Long.parseUnsignedLong(text(entryKey).substring(2), 16);
    }

    private OperationStream loaded(String name) {
        OperationStream stream = WorkloadCatalog.find(name).openStream(5, RECORDS);
        while (stream.position() < stream.loadOperations()) {
            stream.next(operation);
            store.apply(operation);
        }
        return stream;
    }

    private String key() {
        return text(key(operation));
    }

    private static byte[] key(Operation operation) {
        return Arrays.copyOf(operation.key(), operation.keyLength());
    }

    private static String prefix(Mutations batch, int index) {
        return new String(batch.bytes(), batch.keyOffset(index), 19, StandardCharsets.US_ASCII);
    }

    private static String text(byte[] key) {
        return new String(key, StandardCharsets.US_ASCII);
    }
}

package io.quorumark.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.workload.catalog.WorkloadCatalog;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A store that refuses some operations, and leaves others in doubt, holds what the model expects of it, and nothing else passes. */
class UnacknowledgedTest {
    private static final int RECORDS = 300;
    private static final int OPERATIONS = 6_000;

    private final NaiveStore store = new NaiveStore();
    private final Set<Long> refused = new HashSet<>();
    private final Set<Long> inDoubt = new HashSet<>();
    private byte[] lastPut = new byte[0];

    @ParameterizedTest
    @ValueSource(
            strings = {"ycsb-a", "ycsb-d", "ycsb-f", "session-store", "control-plane", "ledger", "cache-mix", "raft-log"
            })
    void what_was_refused_is_not_expected_and_what_is_in_doubt_may_be_either(String workload) {
        for (int seed = 1; seed <= 3; seed++) {
            run(workload, seed);
            ContentModel model = replay(workload, seed);
            assertThat(model.settle(store.records::get)).isEmpty();
            assertThat(model.isInDoubt()).isFalse();
            assertThat(model.records()).isEqualTo(store.records.size());
            store.records.forEach((key, value) -> assertThat(model.get(key)).isEqualTo(value));
            // without a look at what was not acknowledged the store stands accused; a log forgets its old entries
            if (!workload.equals("raft-log")) {
                assertThat(ContentModel.replay(WorkloadCatalog.find(workload), seed, RECORDS, OPERATIONS)
                                .digest())
                        .isNotEqualTo(model.digest());
            }
        }
    }

    @Test
    void a_lost_acknowledged_write_is_seen_beside_refused_ones() {
        run("ycsb-a", 1);
        store.records.remove(lastPut);
        ContentModel model = replay("ycsb-a", 1);
        assertThat(model.settle(store.records::get)).isEmpty();
        assertThat(model.records()).isEqualTo(store.records.size() + 1L);
    }

    @Test
    void a_value_that_nobody_wrote_is_impossible_under_a_key_in_doubt() {
        Operation put = put('k', 'v');
        ContentModel model = new ContentModel();
        model.applyInDoubt(put);
        assertThat(model.isInDoubt()).isTrue();
        assertThat(model.settle(key -> new byte[] {'w'})).containsExactly("6b");
        assertThat(model.records()).isZero();
    }

    @Test
    void an_acknowledged_write_ends_the_doubt_about_its_key() {
        ContentModel model = new ContentModel();
        model.applyInDoubt(put('k', 'v'));
        model.apply(put('k', 'w'));
        assertThat(model.isInDoubt()).isFalse();
        assertThat(model.get(new byte[] {'k'})).containsExactly('w');
    }

    private static Operation put(char key, char value) {
        Operation operation = new Operation();
        operation.reset(OperationKind.INSERT, new OperationClass(0, "insert"));
        operation.prepareKey(1)[0] = (byte) key;
        operation.prepareValue(1)[0] = (byte) value;
        return operation;
    }

    private ContentModel replay(String workload, int seed) {
        return ContentModel.replay(
                WorkloadCatalog.find(workload), seed, RECORDS, OPERATIONS, new Unacknowledged(refused, inDoubt));
    }

    /** Fails about one operation in fifty after the load, and carries out half of those that are left in doubt. */
    private void run(String workload, int seed) {
        store.records.clear();
        refused.clear();
        inDoubt.clear();
        Random random = new Random(seed);
        try (OperationStream stream = WorkloadCatalog.find(workload).openStream(seed, RECORDS)) {
            Operation operation = new Operation();
            for (long i = 0; i < OPERATIONS; i++) {
                stream.next(operation);
                int dice = i < stream.loadOperations() ? 99 : random.nextInt(100);
                if (dice == 0) {
                    refused.add(i);
                    continue;
                }
                if (dice == 1) {
                    inDoubt.add(i);
                    if (random.nextBoolean()) {
                        continue;
                    }
                } else if (operation.kind() == OperationKind.UPDATE) {
                    lastPut = Arrays.copyOf(operation.key(), operation.keyLength());
                }
                store.apply(operation);
            }
        }
    }
}

package io.quorumark.raft.linearizability;

import static io.quorumark.raft.linearizability.Histories.delete;
import static io.quorumark.raft.linearizability.Histories.get;
import static io.quorumark.raft.linearizability.Histories.historyOf;
import static io.quorumark.raft.linearizability.Histories.openPut;
import static io.quorumark.raft.linearizability.Histories.put;
import static io.quorumark.raft.linearizability.Histories.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.raft.linearizability.Operation.Kind;
import io.quorumark.raft.linearizability.Operation.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LinearizabilityCheckerTest {
    private static final int SMALL_HISTORIES = 20_000;

    private static LinearizabilityVerdict check(History history) {
        return new LinearizabilityChecker().check(history);
    }

    private static void assertLinearizable(Operation... operations) {
        LinearizabilityVerdict verdict = check(historyOf(operations));
        assertThat(verdict).as(verdict.describe()).isInstanceOf(LinearizabilityVerdict.Linearizable.class);
    }

    private static void assertViolation(Operation... operations) {
        assertThat(check(historyOf(operations))).isInstanceOf(LinearizabilityVerdict.Violation.class);
    }

    @Test
    void nothing_done_is_linearizable() {
        assertLinearizable();
    }

    @Test
    void a_read_that_overlaps_a_write_may_return_the_old_or_the_new_value() {
        assertLinearizable(put(0, 1, 0, 10), put(0, 2, 20, 50), get(1, 1, 30, 40));
        assertLinearizable(put(0, 1, 0, 10), put(0, 2, 20, 50), get(1, 2, 30, 40));
        assertViolation(put(0, 1, 0, 10), put(0, 2, 20, 50), get(1, 0, 30, 40));
    }

    /** What Lamport's regular registers allow and atomic ones do not. */
    @Test
    void after_one_read_of_the_new_value_no_later_read_returns_the_old_one() {
        assertLinearizable(put(0, 1, 0, 10), put(0, 2, 20, 90), get(1, 1, 30, 40), get(2, 2, 50, 60));
        assertViolation(put(0, 1, 0, 10), put(0, 2, 20, 90), get(1, 2, 30, 40), get(2, 1, 50, 60));
    }

    @Test
    void a_read_that_begins_after_a_write_has_returned_sees_it() {
        assertViolation(put(0, 1, 0, 10), get(1, 0, 11, 20));
        assertLinearizable(put(0, 1, 0, 10), get(1, 0, 10, 20));
    }

    /** Herlihy and Wing's register examples: overlapping writes may take effect in either order, but in one order for all. */
    @Test
    void two_overlapping_writes_are_seen_in_the_same_order_by_everybody() {
        assertLinearizable(put(0, 1, 0, 50), put(1, 2, 10, 40), get(1, 1, 60, 70), get(0, 1, 80, 90));
        assertLinearizable(put(0, 1, 0, 50), put(1, 2, 10, 40), get(1, 2, 60, 70), get(0, 2, 80, 90));
        assertViolation(put(0, 1, 0, 50), put(1, 2, 10, 40), get(1, 1, 60, 70), get(0, 2, 80, 90));
    }

    /** Their queue that hands out one element twice, told with a register: taking is a compare-and-set to another value. */
    @Test
    void one_version_is_replaced_once() {
        assertLinearizable(put(0, 1, 0, 10), set(1, 1, 2, Outcome.OK, 20, 40), set(2, 1, 3, Outcome.CONFLICT, 20, 40));
        assertViolation(put(0, 1, 0, 10), set(1, 1, 2, Outcome.OK, 20, 40), set(2, 1, 3, Outcome.OK, 20, 40));
    }

    @Test
    void a_conflict_needs_another_version() {
        assertViolation(put(0, 1, 0, 10), set(1, 1, 2, Outcome.CONFLICT, 20, 30));
        assertLinearizable(put(0, 1, 0, 10), set(1, 1, 2, Outcome.CONFLICT, 20, 30), put(2, 5, 25, 28));
        assertLinearizable(put(0, 1, 0, 10), openPut(2, 5, 1), set(1, 1, 2, Outcome.CONFLICT, 20, 30));
    }

    @Test
    void a_deleted_record_is_absent_and_can_be_set_again() {
        assertLinearizable(
                put(0, 1, 0, 10),
                delete(0, 20, 30),
                get(0, 0, 40, 50),
                set(0, 0, 2, Outcome.OK, 60, 70),
                get(0, 2, 80, 90));
        assertViolation(put(0, 1, 0, 10), delete(0, 20, 30), get(0, 1, 40, 50));
    }

    @Test
    void a_write_of_unknown_outcome_may_take_effect_late_or_never_but_once() {
        assertLinearizable(put(0, 1, 0, 10), openPut(1, 2, 20), get(0, 1, 30, 40), get(0, 2, 50, 60));
        assertLinearizable(put(0, 1, 0, 10), openPut(1, 2, 20), get(0, 1, 30, 40), get(0, 1, 50, 60));
        assertViolation(put(0, 1, 0, 10), openPut(1, 2, 20), get(0, 2, 30, 40), get(0, 1, 50, 60));
        assertViolation(openPut(1, 2, 20), get(0, 2, 30, 40), put(0, 1, 50, 60), get(0, 2, 70, 80));
        assertViolation(get(0, 2, 0, 10), openPut(1, 2, 20));
    }

    @Test
    void a_write_that_was_not_done_is_never_seen() {
        Operation refused = new Operation(0, Kind.PUT, "x", 0, 1, Outcome.NOT_DONE, 0, 10);
        assertLinearizable(refused, get(1, 0, 20, 30));
        assertViolation(refused, get(1, 1, 20, 30));
    }

    @Test
    void a_violation_tells_the_longest_beginning_that_can_be_explained() {
        Operation first = put(0, 1, 0, 10);
        Operation second = put(0, 2, 20, 30);
        Operation stale = get(1, 1, 40, 50);
        Operation later = put(2, 3, 45, 90);
        LinearizabilityVerdict verdict = check(historyOf(first, second, stale, later, get(0, 3, 100, 110)));
        assertThat(verdict)
                .isEqualTo(new LinearizabilityVerdict.Violation("x", List.of(first, second), List.of(stale, later)));
    }

    @Test
    void a_violation_is_shown_as_a_timeline() {
        LinearizabilityVerdict verdict = check(historyOf(
                put(0, 1, 0, 1_000_000),
                put(1, 2, 2_000_000, 3_000_000),
                openPut(2, 7, 500_000),
                get(3, 1, 4_000_000, 5_000_000)));
        assertThat(verdict.describe().lines())
                .containsExactly(
                        "key 'x' is not linearizable: after 2 operations no order explains 'get = 1' of client 3; 5.000 ms are shown",
                        "    1. client 0   put 1 ok                             |--------|",
                        "    2. client 1   put 2 ok                                                |--------|",
                        "  not placed:",
                        "    !! client 3   get = 1                                                                    |--------|",
                        "     ? client 2   put 7 ?                                   |----------------------------------------->");
    }

    @Test
    void records_are_judged_apart() {
        List<Operation> operations = new ArrayList<>();
        for (String key : List.of("a", "b")) {
            operations.add(new Operation(0, Kind.PUT, key, 0, 1, Outcome.OK, 0, 10));
            operations.add(new Operation(0, Kind.GET, key, 0, key.equals("b") ? 0 : 1, Outcome.OK, 20, 30));
        }
        assertThat(check(new History(operations)))
                .isInstanceOfSatisfying(
                        LinearizabilityVerdict.Violation.class,
                        violation -> assertThat(violation.key()).isEqualTo("b"));
    }

    @Test
    void it_agrees_with_trying_every_order() {
        SplittableRandom random = new SplittableRandom(1);
        int linearizable = 0;
        for (int i = 0; i < SMALL_HISTORIES; i++) {
            History history = Histories.anything(random, 7);
            boolean expected = EveryOrder.explains(history);
            assertThat(check(history) instanceof LinearizabilityVerdict.Linearizable)
                    .as("history %d: %s", i, history)
                    .isEqualTo(expected);
            linearizable += expected ? 1 : 0;
        }
        assertThat(linearizable).isBetween(SMALL_HISTORIES / 5, 4 * SMALL_HISTORIES / 5);
    }

    @Test
    void histories_of_a_register_that_cannot_fail_are_accepted() {
        for (int seed = 0; seed < 300; seed++) {
            LinearizabilityVerdict verdict = check(SimulatedClients.run(seed, 1 + seed % 12, 400, seed % 40));
            assertThat(verdict)
                    .as("seed %d: %s", seed, verdict.describe())
                    .isInstanceOf(LinearizabilityVerdict.Linearizable.class);
        }
    }

    @Test
    void a_read_that_is_made_stale_is_found() {
        SplittableRandom random = new SplittableRandom(3);
        for (int seed = 0; seed < 300; seed++) {
            History mutated = withStaleRead(SimulatedClients.run(seed, 1 + seed % 8, 400, seed % 10), random);
            assertThat(check(mutated)).as("seed %d", seed).isInstanceOf(LinearizabilityVerdict.Violation.class);
        }
    }

    /** Lets a read return a value that was surely replaced before it began. */
    private static History withStaleRead(History history, SplittableRandom random) {
        List<Operation> operations = new ArrayList<>(history.operations());
        while (true) {
            int number = random.nextInt(operations.size());
            Operation read = operations.get(number);
            Operation old = operations.get(random.nextInt(number + 1));
            boolean replaced = old.kind() == Kind.PUT
                    && old.outcome() == Outcome.OK
                    && operations.stream()
                            .anyMatch(other -> other.outcome() == Outcome.OK
                                    && (other.kind() == Kind.PUT || other.kind() == Kind.DELETE)
                                    && other.invokeNanos() > old.returnNanos()
                                    && other.returnNanos() < read.invokeNanos());
            if (read.kind() == Kind.GET && read.outcome() == Outcome.OK && replaced) {
                operations.set(number, get(read.client(), old.value(), read.invokeNanos(), read.returnNanos()));
                return new History(operations);
            }
        }
    }

    @Test
    void a_hundred_thousand_operations_of_eight_clients_take_few_configurations_each() {
        History history = SimulatedClients.run(5, 8, 100_000, 0);
        assertThat(check(history)).isInstanceOfSatisfying(LinearizabilityVerdict.Linearizable.class, verdict -> {
            assertThat(verdict.operations()).isEqualTo(100_000);
            assertThat(verdict.configurations()).isLessThan(2_000_000);
        });
    }

    @Test
    void a_hundred_thousand_operations_with_open_ones_among_them_are_decided() {
        History history = SimulatedClients.run(6, 8, 100_000, 1);
        assertThat(history.count(Outcome.UNKNOWN)).isGreaterThan(50);
        assertThat(check(history)).isInstanceOf(LinearizabilityVerdict.Linearizable.class);
    }

    @Test
    void a_search_that_grows_too_large_is_given_up() {
        List<Operation> operations = new ArrayList<>();
        for (int i = 1; i <= 40; i++) {
            operations.add(put(i, i, 0, 100));
        }
        operations.add(get(0, 99, 200, 210));
        LinearizabilityVerdict verdict = new LinearizabilityChecker(10_000).check(new History(operations));
        assertThat(verdict).isEqualTo(new LinearizabilityVerdict.Undecided("x", 10_001));
        assertThat(verdict.describe()).contains("allow more");
    }
}

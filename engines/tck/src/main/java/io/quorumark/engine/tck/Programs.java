package io.quorumark.engine.tck;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Random programs: lists of steps over two keyspaces and few keys, so that steps meet. */
final class Programs {
    private static final int MOST_STEPS = 40;
    private static final int MOST_CHANGES = 10;
    private static final int LONG_VALUE = 5000;

    private Programs() {}

    static Arbitrary<List<Step>> ofSteps() {
        return Arbitraries.frequencyOf(
                        Tuple.of(
                                8,
                                Combinators.combine(spaces(), keys(), values()).as(Steps.Put::new)),
                        Tuple.of(9, Combinators.combine(spaces(), keys()).as(Steps.Delete::new)),
                        Tuple.of(12, changes().list().ofMaxSize(MOST_CHANGES).map(Steps.Commit::new)),
                        Tuple.of(9, Combinators.combine(spaces(), keys()).as(Steps.Get::new)),
                        Tuple.of(
                                3,
                                Combinators.combine(spaces(), keys(), moves()).as(Steps.Walk::new)),
                        Tuple.of(9, Combinators.combine(spaces(), keys()).as(Steps.Seek::new)),
                        Tuple.of(6, spaces().map(Steps.CompareAll::new)),
                        Tuple.of(5, Arbitraries.create(Steps.OpenSnapshot::new)),
                        Tuple.of(5, Arbitraries.create(Steps.CompareSnapshot::new)),
                        Tuple.of(1, Arbitraries.create(Steps.Reopen::new)))
                .list()
                .ofMaxSize(MOST_STEPS)
                .map(List::copyOf);
    }

    private static Arbitrary<Integer> spaces() {
        return Arbitraries.integers().between(0, 1);
    }

    /** Short keys over bytes on both sides of the sign bit, so that neighbours, prefixes and unsigned order all come up. */
    private static Arbitrary<String> keys() {
        return Arbitraries.strings()
                .withChars('a', '\u0001', '\u007f', '\u0080', '\u00ff', 'z')
                .ofMinLength(1)
                .ofMaxLength(3);
    }

    private static Arbitrary<String> values() {
        Arbitrary<String> ordinary = Arbitraries.strings().alpha().ofMaxLength(12);
        return Arbitraries.frequencyOf(
                Tuple.of(19, ordinary), Tuple.of(1, Arbitraries.just("long".repeat(LONG_VALUE / 4))));
    }

    private static Arbitrary<List<Boolean>> moves() {
        return Arbitraries.of(true, false).list().ofMaxSize(10);
    }

    private static Arbitrary<Steps.Change> changes() {
        return Arbitraries.frequencyOf(
                Tuple.of(3, Combinators.combine(spaces(), keys(), values()).as(Steps.BatchPut::new)),
                Tuple.of(1, Combinators.combine(spaces(), keys()).as(Steps.BatchDelete::new)),
                Tuple.of(1, Combinators.combine(spaces(), keys(), keys()).as(Steps.BatchDeleteRange::new)));
    }
}

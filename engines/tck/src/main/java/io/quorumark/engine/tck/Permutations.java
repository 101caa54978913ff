package io.quorumark.engine.tck;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** All orders of a few things. */
final class Permutations {
    private Permutations() {}

    static <T> Stream<List<T>> of(List<T> things) {
        if (things.isEmpty()) {
            return Stream.of(List.of());
        }
        return things.stream().flatMap(first -> {
            List<T> rest = new ArrayList<>(things);
            rest.remove(first);
            return of(rest).map(order -> {
                List<T> whole = new ArrayList<>(List.of(first));
                whole.addAll(order);
                return whole;
            });
        });
    }
}

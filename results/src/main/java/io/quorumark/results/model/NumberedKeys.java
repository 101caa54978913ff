package io.quorumark.results.model;

import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Copies maps into one order, so that whatever is made from them comes out the same in every JVM: {@code Map.copyOf} shuffles by a salt that changes with each
 * start. Keys that are numbers come first, by their value (percentiles, prefix lengths, members); the others follow as text.
 */
final class NumberedKeys {
    private static final int MOST_DIGITS = 15;
    private static final Comparator<String> ORDER =
            Comparator.comparingDouble(NumberedKeys::valueOrInfinity).thenComparing(Comparator.<String>naturalOrder());

    private NumberedKeys() {}

    /** An unmodifiable copy. @throws NullPointerException a key or value is null */
    static <V> SortedMap<String, V> copyOf(Map<String, V> map) {
        TreeMap<String, V> sorted = new TreeMap<>(ORDER);
        map.forEach((key, value) -> sorted.put(key, Objects.requireNonNull(value, key)));
        return Collections.unmodifiableSortedMap(sorted);
    }

    /** Digits, with more behind a point or without, at most {@value #MOST_DIGITS} each. Scanned by hand: every map of every trial is sorted by it. */
    private static double valueOrInfinity(String key) {
        int point = -1;
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (c == '.' && point < 0) {
                point = i;
            } else if (c < '0' || c > '9') {
                return Double.POSITIVE_INFINITY;
            }
        }
        int whole = point < 0 ? key.length() : point;
        int fraction = point < 0 ? 1 : key.length() - point - 1;
        boolean isNumber = whole >= 1 && whole <= MOST_DIGITS && fraction >= 1 && fraction <= MOST_DIGITS;
        if (!isNumber) {
            return Double.POSITIVE_INFINITY;
        }
        return point < 0 ? Long.parseLong(key) : Double.parseDouble(key);
    }
}

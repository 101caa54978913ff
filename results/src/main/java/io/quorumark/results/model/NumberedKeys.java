package io.quorumark.results.model;

import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Copies maps into one order, so that whatever is made from them comes out the same in every JVM: {@code Map.copyOf} shuffles by a salt
 * that changes with each start. Keys that are numbers come first, by their value (percentiles, prefix lengths, members); the others follow
 * as text.
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

    /**
     * Digits, with more behind a point or without, at most {@value #MOST_DIGITS} in all. Read by hand: every map of every trial is sorted
     * by it.
     */
    private static double valueOrInfinity(String key) {
        int length = key.length();
        int point = -1;
        long digits = 0;
        double scale = 1;
        for (int i = 0; i < length; i++) {
            char c = key.charAt(i);
            if (c == '.' && point < 0) {
                point = i;
            } else if (c < '0' || c > '9' || i > MOST_DIGITS) {
                return Double.POSITIVE_INFINITY;
            } else {
                digits = 10 * digits + (c - '0');
                scale = point < 0 ? scale : 10 * scale;
            }
        }
        boolean isNumber = length > 0 && length <= MOST_DIGITS && point != 0 && point != length - 1;
        // both are exact, so that the quotient is the double nearest to the number
        return isNumber ? digits / scale : Double.POSITIVE_INFINITY;
    }
}

package io.quorumark.results.model;

import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Copies maps into one order, so that whatever is made from them comes out the same in every JVM: {@code Map.copyOf} shuffles by a salt that changes with each
 * start. Keys that are numbers come first, by their value (percentiles, prefix lengths, members); the others follow as text.
 */
final class NumberedKeys {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,15}(\\.\\d{1,15})?");
    private static final Comparator<String> ORDER =
            Comparator.comparingDouble(NumberedKeys::valueOrInfinity).thenComparing(Comparator.<String>naturalOrder());

    private NumberedKeys() {}

    /** An unmodifiable copy. @throws NullPointerException a key or value is null */
    static <V> SortedMap<String, V> copyOf(Map<String, V> map) {
        TreeMap<String, V> sorted = new TreeMap<>(ORDER);
        map.forEach((key, value) -> sorted.put(key, Objects.requireNonNull(value, key)));
        return Collections.unmodifiableSortedMap(sorted);
    }

    private static double valueOrInfinity(String key) {
        return NUMBER.matcher(key).matches() ? Double.parseDouble(key) : Double.POSITIVE_INFINITY;
    }
}

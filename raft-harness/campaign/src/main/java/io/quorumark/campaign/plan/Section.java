package io.quorumark.campaign.plan;

import org.jspecify.annotations.Nullable;

/**
 * A record of keys that a file may say or leave out: null says nothing. Its components are sections of their own, which are merged key by
 * key, or values, which are taken as a whole; a new component needs nothing but its place in the record. Immutable.
 *
 * @param <S> the record itself
 */
public interface Section<S extends Record & Section<S>> {
    /** Says nothing. */
    static <S extends Record & Section<S>> S empty(Class<S> type) {
        return Sections.empty(type);
    }

    /** This, and what {@code base} says of the keys that this leaves out. */
    default S over(S base) {
        return Sections.over(Sections.self(this), base);
    }

    /**
     * This with one key said otherwise.
     *
     * @param key as in a file; of a section's own, a dotted path such as {@code load.clients}
     * @param value null to leave the key out
     * @throws io.quorumark.workload.spec.InvalidValue the record refuses the value
     * @throws IllegalArgumentException there is no such key, or the value is of another type: a mistake in the program
     */
    default S with(String key, @Nullable Object value) {
        return Sections.with(Sections.self(this), key, value);
    }
}

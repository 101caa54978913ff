package io.quorumark.results.decision;

import java.time.Instant;
import java.util.Optional;

/**
 * Where the rules of a decision came from.
 *
 * @param name of the file, without its folder, or {@code defaults}
 * @param sha256 of the file, 64 hexadecimal digits; empty for the defaults
 * @param modifiedAt when the file was last changed, to the second; empty for the defaults
 */
public record RulesSource(String name, Optional<String> sha256, Optional<Instant> modifiedAt) {
    /** What counts if nobody said otherwise. */
    public static final RulesSource DEFAULTS = new RulesSource("defaults", Optional.empty(), Optional.empty());

    /** Whether the rules stood before the first trial, so that no result can have shaped them; the defaults always did. */
    public boolean stoodBefore(Instant firstTrial) {
        return modifiedAt.map(at -> at.isBefore(firstTrial)).orElse(true);
    }
}

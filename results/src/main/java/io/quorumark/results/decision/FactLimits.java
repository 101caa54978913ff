package io.quorumark.results.decision;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an engine must be, whatever its figures.
 *
 * @param licences SPDX identifiers that are acceptable; empty if all are
 * @param maintenance the least that is acceptable; empty if anything is
 */
public record FactLimits(List<String> licences, Optional<Maintenance> maintenance) {
    /** Anything is acceptable. */
    public static final FactLimits NONE = new FactLimits(List.of(), Optional.empty());

    private static final Pattern OR = Pattern.compile(" OR ");
    private static final Pattern AND = Pattern.compile(" AND ");

    public FactLimits {
        licences = List.copyOf(licences);
    }

    /**
     * Whether one choice of an SPDX expression is acceptable in all its parts.
     *
     * @param expression without parentheses, so that {@code AND} binds stronger than {@code OR}
     */
    boolean allows(String expression) {
        return OR.splitAsStream(expression)
                .anyMatch(choice -> AND.splitAsStream(choice).allMatch(licences::contains));
    }
}

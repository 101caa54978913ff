package io.quorumark.report.page;

import java.util.List;

/**
 * Names and values under a heading.
 *
 * @param title the heading
 * @param facts in order
 */
public record Facts(String title, List<Fact> facts) {

    public Facts {
        facts = List.copyOf(facts);
    }

    /**
     * @param name what it is
     * @param value as text
     */
    public record Fact(String name, String value) {}
}

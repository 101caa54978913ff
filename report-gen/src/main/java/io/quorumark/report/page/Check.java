package io.quorumark.report.page;

import java.util.List;

/**
 * Something that must hold for the numbers to be worth reading.
 *
 * @param tone {@code good}, {@code warn} or {@code bad}
 * @param title what was checked, and how it ended
 * @param summary in one line
 * @param details what was found, in sentences
 */
public record Check(String tone, String title, String summary, List<String> details) {

    public Check {
        details = List.copyOf(details);
    }

    /** Bad news is not folded away. */
    public boolean open() {
        return tone.equals("bad");
    }

    public boolean failed() {
        return tone.equals("bad");
    }
}

package io.quorumark.results.cell;

import io.quorumark.results.model.Cell;
import io.quorumark.results.model.Trial;
import io.quorumark.results.model.Trial.Outcome;
import io.quorumark.results.text.Plural;
import io.quorumark.results.text.Sentences;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A cell that a campaign planned and of which no trial counts: nothing is known of it, so that it can neither pass nor fail.
 *
 * @param cell which
 * @param planned how many trials were to run
 * @param ran those that did, none of them valid
 */
public record UnmeasuredCell(Cell cell, int planned, List<Trial> ran) {
    public UnmeasuredCell {
        ran = List.copyOf(ran);
    }

    /** {@code none of 4 trials counts: 2 void, 2 did not run; the first: ...}. */
    public String reason() {
        List<String> counts = new ArrayList<>();
        for (Outcome outcome : Outcome.values()) {
            long count =
                    ran.stream().filter(trial -> trial.outcome() == outcome).count();
            if (count > 0) {
                counts.add(count + " " + outcome.name().toLowerCase(Locale.ROOT));
            }
        }
        if (planned > ran.size()) {
            counts.add((planned - ran.size()) + " did not run");
        }
        String first = ran.isEmpty() || ran.get(0).reasons().isEmpty()
                ? ""
                : "; the first: " + Sentences.join(ran.get(0).reasons());
        return "none of " + Plural.of(planned, "trial") + " counts: " + String.join(", ", counts) + first;
    }

    /** {@code RocksDB on ycsb-a: not measured, as none of 4 trials counts ...}. */
    public String sentence() {
        String reason = reason();
        return cell.engineName() + " on " + cell.workload() + ": not measured, as " + reason
                + (reason.endsWith(".") ? "" : ".");
    }
}

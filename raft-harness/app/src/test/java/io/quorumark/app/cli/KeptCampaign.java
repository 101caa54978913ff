package io.quorumark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/**
 * What the documents of the campaign that is kept with the program say, for documents that repeat it.
 *
 * @param report lines of {@code report.md}
 * @param record lines of {@code adr.md}
 */
record KeptCampaign(List<String> report, List<String> record) {
    static final Path CHECKOUT = Path.of("../..");
    static final Path FOLDER = CHECKOUT.resolve("results/reference/five-engines");

    private static final String MAP = "## Every engine on every workload";
    private static final String OUTCOME = "## Decision Outcome";

    static KeptCampaign read() throws IOException {
        return new KeptCampaign(
                Files.readAllLines(FOLDER.resolve("report.md")), Files.readAllLines(FOLDER.resolve("adr.md")));
    }

    /** The sentence that leads the report, every engine on every workload, and the outcome. */
    String answer() {
        return String.join("\n\n", "**" + sentence() + "**", table(), outcome());
    }

    /** The same with all intervals in sentences: a line for each workload. */
    String details() {
        List<String> lines = report.stream()
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("- "))
                .toList();
        assertThat(lines).as("sentences at the head of report.md").isNotEmpty();
        return sentence() + "\n\n" + String.join("\n", lines) + "\n\n" + outcome();
    }

    private String sentence() {
        String first = report.get(0);
        assertThat(first).as("the first line of report.md").startsWith("# ");
        return first.substring(2);
    }

    private String table() {
        return String.join("\n", below(report, MAP, line -> !line.startsWith("## ")))
                .strip();
    }

    private String outcome() {
        return "The decision record says: " + String.join(" ", below(record, OUTCOME, line -> !line.isEmpty()));
    }

    /** The lines of a section, from the first that holds something. */
    private static List<String> below(List<String> document, String heading, Predicate<String> belongs) {
        int head = document.indexOf(heading);
        assertThat(head).as("the heading '%s'", heading).isNotNegative();
        List<String> lines = document.stream()
                .skip(head + 1L)
                .dropWhile(String::isEmpty)
                .takeWhile(belongs)
                .toList();
        assertThat(lines).as("what stands below '%s'", heading).isNotEmpty();
        return lines;
    }
}

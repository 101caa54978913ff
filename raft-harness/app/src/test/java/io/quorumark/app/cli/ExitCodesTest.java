package io.quorumark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What {@code --help} says of exit codes, the documents say too. */
class ExitCodesTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\| (.*) \\|$");
    private static final CommandLine ROOT = CommandLines.create();

    private static Map<String, String> documented(String page) throws IOException {
        String text = Files.readString(Path.of("../../docs", page));
        return ROW.matcher(text.substring(text.indexOf("## Exit codes")))
                .results()
                .collect(Collectors.toMap(
                        row -> row.group(1),
                        row -> row.group(2).replace("`", ""),
                        (one, other) -> one,
                        LinkedHashMap::new));
    }

    private static Map<String, String> helpOf(CommandLine command) {
        return command.getCommandSpec().usageMessage().exitCodeList();
    }

    @Test
    void of_a_gate_they_use_the_same_words() throws IOException {
        CommandLine gate = Objects.requireNonNull(ROOT.getSubcommands().get("gate"));
        assertThat(helpOf(gate)).containsExactlyEntriesOf(documented("gate.md"));
    }

    @Test
    void of_the_program_they_name_the_same_codes_and_what_a_gate_tells_without_strict() throws IOException {
        Map<String, String> documented = documented("plans.md");
        assertThat(helpOf(ROOT).keySet()).containsExactlyElementsOf(documented.keySet());
        for (Map<String, String> codes : List.of(documented, helpOf(ROOT))) {
            assertThat(codes.get("3")).contains("nothing can be judged", "base and head are the same campaign");
            assertThat(codes.get("7")).contains("could not be written");
        }
    }
}

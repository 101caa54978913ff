package io.quorumark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.quorumark.campaign.support.Invocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Every command that the program or its documents show is one that it understands, called as a checkout calls it. */
class PrintedCommandsTest {
    private static final Path CHECKOUT = Path.of("../..");
    private static final Pattern COMMAND =
            Pattern.compile("scripts/quorumark((?: +(?:'[^'\n]*'|[^\\s`'|&;<>#()\\[\\]]+))+)");

    /** A command that only works where somebody has put the program on the path. */
    private static final Pattern BARE = Pattern.compile(
            "(?<![/\\w.:-])quorumark (?:run|report|adr|compare|gate|history|verify|durability|linearizability|drill|doctor|index"
                    + "|node|cluster|list|jmh)\\b");

    @Test
    void examples_of_every_command_are_understood() {
        Set<String> shown = new TreeSet<>();
        for (CommandLine command : all(CommandLines.create())) {
            String usage = command.getUsageMessage(Ansi.OFF);
            assertThat(usage).doesNotContainPattern(BARE);
            shown.addAll(commands(usage.substring(usage.indexOf('\n'))));
        }
        assertThat(shown).hasSizeGreaterThan(20).allSatisfy(PrintedCommandsTest::assertUnderstood);
    }

    /** The list of commands shows the first part alone. */
    @Test
    void what_a_command_does_is_said_in_a_whole_sentence() {
        assertThat(all(CommandLines.create()))
                .allSatisfy(command -> assertThat(
                                command.getCommandSpec().usageMessage().description()[0])
                        .as(command.getCommandName())
                        .endsWith("."));
    }

    @Test
    void commands_in_documents_are_understood() throws IOException {
        List<Path> documents = Stream.of("README.md", "CONTRIBUTING.md", "results/reference/README.md")
                .map(CHECKOUT::resolve)
                .collect(Collectors.toCollection(ArrayList::new));
        try (Stream<Path> files = Files.walk(CHECKOUT.resolve("docs"))) {
            files.filter(file -> file.toString().matches(".*\\.(md|yml)|.*Jenkinsfile"))
                    .filter(file -> !file.toString().contains("decisions"))
                    .forEach(documents::add);
        }
        int commands = 0;
        for (Path document : documents) {
            String text = Files.readString(document);
            assertThat(text).as("%s", document).doesNotContainPattern(BARE);
            for (String command : commands(text.replaceAll("\\\\\n\\s*", " "))) {
                assertThatCode(() -> assertUnderstood(command))
                        .as("%s: %s", document, command)
                        .doesNotThrowAnyException();
                commands++;
            }
        }
        assertThat(commands).isGreaterThan(50);
    }

    @Test
    void commands_in_messages_are_understood() {
        String message =
                CommandLineRun.of("run", "--dry-run", "--engines", "rocksbd").err();
        assertThat(commands(message.replace("'", " "))).hasSize(1).allSatisfy(PrintedCommandsTest::assertUnderstood);
        assertThat(CommandLineRun.of("run", "--no-such-option").err()).contains("Try 'scripts/quorumark run --help'.");
    }

    @Test
    void words_are_what_a_shell_takes_for_one_each() {
        assertThat(Invocation.inCheckout(List.of("run", "my results/it's.yaml", "--data", "/mnt/größe")))
                .isEqualTo("scripts/quorumark run 'my results/it'\\''s.yaml' --data '/mnt/größe'");
    }

    private static List<CommandLine> all(CommandLine root) {
        List<CommandLine> commands = new ArrayList<>(List.of(root));
        root.getSubcommands().values().forEach(sub -> commands.addAll(all(sub)));
        return commands;
    }

    private static List<String> commands(String text) {
        return COMMAND.matcher(text)
                .results()
                .map(MatchResult::group)
                .map(command -> command.replaceFirst("[.,:'…]+$", "").replaceFirst(" +(\\.\\.\\.|…|\\\\)$", ""))
                .toList();
    }

    private static void assertUnderstood(String command) {
        List<String> words = new ArrayList<>();
        Pattern.compile("'([^']*)'|(\\S+)")
                .matcher(command.substring("scripts/quorumark".length()))
                .results()
                .forEach(word -> words.add(word.group(1) != null ? word.group(1) : word.group(2)));
        CommandLine commandLine = CommandLines.create();
        CommandLine.ParseResult parsed;
        try {
            parsed = commandLine.parseArgs(words.toArray(String[]::new));
        } catch (CommandLine.MissingParameterException e) {
            // prose that names a command, and not what it is to do
            assertThat(words)
                    .as(command)
                    .noneMatch(word -> word.startsWith("-"))
                    .hasSizeLessThan(3);
            return;
        }
        assertThat(parsed.hasSubcommand()).as(command).isTrue();
    }
}

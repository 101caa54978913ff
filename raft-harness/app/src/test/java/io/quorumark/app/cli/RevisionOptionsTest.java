package io.quorumark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.campaign.support.UsageError;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class RevisionOptionsTest {
    @Test
    void a_command_may_stand_in_a_path_with_spaces() {
        assertThat(RevisionOptions.commandWords(" scripts/build  --native "))
                .containsExactly("scripts/build", "--native");
        assertThat(RevisionOptions.commandWords("'/home/a b/build' \"two words\" '' -q"))
                .containsExactly("/home/a b/build", "two words", "", "-q");
        assertThatThrownBy(() -> RevisionOptions.commandWords("  "))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining("expected a command");
    }

    @Test
    void the_command_that_says_it_again_has_every_option_of_measuring() {
        List<String> measuring = List.of(
                "--engines",
                "memory",
                "--workloads",
                "ycsb-a",
                "--profile",
                "smoke",
                "--blocks",
                "3",
                "--repository",
                "/some/checkout",
                "--build",
                "'a b/build' --quick",
                "--head-run-option",
                "slow.yaml",
                "--",
                "--records",
                "10");
        List<String> given = new ArrayList<>(List.of("--base-ref", "main", "--head-ref", "HEAD"));
        given.addAll(measuring);
        List<String> again = new ArrayList<>(List.of("--base-ref", "abc", "--head-ref", "def"));
        again.addAll(measuring);
        RevisionOptions options = CommandLine.populateCommand(new RevisionOptions(), given.toArray(String[]::new));
        assertThat(options.words("abc", "def")).isEqualTo(again);
    }
}

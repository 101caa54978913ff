package io.quorumark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.campaign.support.UsageError;
import org.junit.jupiter.api.Test;

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
}

package io.quorumark.campaign.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class ProcessStateTest {
    @Test
    void a_process_that_has_ended_and_is_still_listed_does_not_run() throws Exception {
        try (Zombie zombie = Zombie.make()) {
            assertThat(ProcessHandle.of(zombie.pid())).get().matches(ProcessHandle::isAlive, "alive, as Java has it");
            assertThat(ProcessState.of(zombie.pid())).isEqualTo('Z');
            assertThat(ProcessState.isRunning(zombie.pid())).isFalse();
        }
    }

    @Test
    void this_process_runs_and_one_that_is_not_there_does_not() {
        assertThat(ProcessState.isRunning(ProcessHandle.current().pid())).isTrue();
        assertThat(ProcessState.isRunning(Integer.MAX_VALUE)).isFalse();
    }
}

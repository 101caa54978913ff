package io.quorumark.campaign.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.campaign.host.Zombie;
import io.quorumark.campaign.node.LocalGroup.MemberProcess;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class GroupProcessesTest {
    @TempDir
    Path folder;

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_killed_member_whose_parent_does_not_ask_is_not_waited_for() throws Exception {
        try (Zombie zombie = Zombie.make()) {
            MemberProcess member = MemberProcess.stopped("n1", "127.0.0.1:1")
                    .startedAs(ProcessHandle.of(zombie.pid()).orElseThrow());
            LocalGroup.of("quorumark", List.of(member)).write(folder);

            assertThat(member.process()).isEmpty();
            assertThat(new GroupProcesses("io.quorumark.app.Quorumark", folder, 64).stop())
                    .isZero();
        }
    }
}

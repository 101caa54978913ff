package io.quorumark.campaign.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.campaign.host.Zombie;
import io.quorumark.campaign.node.LocalGroup.MemberProcess;
import io.quorumark.campaign.support.UsageError;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
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
            assertThat(group().stop()).isZero();
        }
    }

    private GroupProcesses group() {
        return new GroupProcesses("io.quorumark.app.Quorumark", folder, 64);
    }

    private static NodeConfig member(int number) {
        return NodeConfig.of("127.0.0.1:700" + number, "n" + number, "memory");
    }

    @Test
    void a_group_that_asks_for_an_address_twice_is_not_made() {
        assertThatThrownBy(() -> group().create(List.of(
                        member(1).with("resp", "127.0.0.1:6401").with("http", "127.0.0.1:6402"),
                        member(2).with("resp", "127.0.0.1:6402").with("http", "127.0.0.1:6403"))))
                .isInstanceOf(UsageError.class)
                .hasMessage("address '127.0.0.1:6402' is both http of n1 and resp of n2, expected different ones;"
                        + " choose ports that are further apart");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void free_ports_may_be_asked_for_by_every_member() throws Exception {
        group().create(List.of(
                member(1).with("resp", "127.0.0.1:0").with("http", "127.0.0.1:0"),
                member(2).with("resp", "127.0.0.1:0").with("http", "127.0.0.1:0")));
        assertThat(group().exists()).isTrue();
    }

    @Test
    void a_configuration_that_has_become_another_members_is_refused_at_once() throws Exception {
        group().create(List.of(member(1).with("members", List.of("127.0.0.1:7001"))));
        Path config = folder.resolve("n1.yaml");
        String made = Files.readString(config);

        Files.writeString(config, made.replace("127.0.0.1:7001", "127.0.0.1:7002"));
        assertThatThrownBy(() -> group().start(false))
                .isInstanceOf(UsageError.class)
                .hasMessageStartingWith(config + ": id is '127.0.0.1:7002', expected '127.0.0.1:7001'");
        Files.writeString(config, made + "group: other\n");
        assertThatThrownBy(() -> group().start(false))
                .isInstanceOf(UsageError.class)
                .hasMessageStartingWith(config + ": group is 'other', expected 'quorumark'");
    }

    @Test
    void the_last_words_of_a_long_log_that_is_no_text_are_found() throws Exception {
        Path log = folder.resolve("n1.log");
        byte[] noise = new byte[200_000];
        Arrays.fill(noise, (byte) 0xff);
        Files.write(log, noise);
        Files.write(log, "\nfirst\n  last \n\n".getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND);
        assertThat(GroupProcesses.lastWords(log)).isEqualTo("last");
        Files.write(log, new byte[0]);
        assertThat(GroupProcesses.lastWords(log)).isEqualTo("it said nothing");
    }
}

package io.quorumark.campaign.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.campaign.support.HarnessException;
import io.quorumark.campaign.support.UsageError;
import io.quorumark.results.model.Trial.MemoryLimit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Against folders that look like control groups: ordinary ones, whose files hold what was written and limit nobody. */
@EnabledOnOs(OS.LINUX)
class MemoryCgroupsTest {
    private static final long LIMIT = 512L << 20;
    private static final List<String> OWN = List.of("4:memory:/elsewhere", "0::/session");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path mount;

    private Path session = Path.of("unset");

    @BeforeEach
    void make_the_own_group() throws IOException {
        session = group(mount.resolve("session"), "cpu memory", "");
        group(mount, "cpu memory", "cpu memory");
    }

    @Test
    void a_group_is_made_beside_ones_own_with_its_limit_read_back_and_removed() throws Exception {
        MemoryCgroups.Group made = MemoryCgroups.of(mounts(), OWN).create("trial", LIMIT);

        assertThat(made.folder()).isEqualTo(mount.resolve("trial"));
        assertThat(made.folder().resolve("memory.max")).hasContent(Long.toString(LIMIT));
        // The kernel's own files vanish with the folder; this one does not.
        Files.delete(made.folder().resolve("memory.max"));
        made.remove();
        assertThat(made.folder()).doesNotExist();
    }

    @Test
    void a_group_is_made_below_ones_own_where_that_passes_memory_on() throws Exception {
        Files.writeString(session.resolve("cgroup.subtree_control"), "memory\n");

        assertThat(MemoryCgroups.of(mounts(), OWN).create("trial", LIMIT).folder())
                .isEqualTo(session.resolve("trial"));
    }

    @Test
    void a_command_enters_the_group_before_it_begins() throws Exception {
        MemoryCgroups.Group made = MemoryCgroups.of(mounts(), OWN).create("trial", LIMIT);
        Path said = mount.resolve("said");

        Process process =
                new ProcessBuilder(made.inside(List.of("/bin/sh", "-c", "echo $$ > \"$0\"", said.toString()))).start();

        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(made.folder().resolve("cgroup.procs")))
                .isEqualTo(process.pid() + "\n")
                .isEqualTo(Files.readString(said));
    }

    @Test
    void a_command_does_not_run_where_the_group_does_not_take_it() throws Exception {
        MemoryCgroups.Group gone = new MemoryCgroups.Group(mount.resolve("gone"), MemoryFiles.V2, LIMIT);
        Path said = mount.resolve("said");

        Process process =
                new ProcessBuilder(gone.inside(List.of("/bin/sh", "-c", "echo $$ > \"$0\"", said.toString()))).start();

        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isNotZero();
        assertThat(said).doesNotExist();
    }

    @Test
    void another_limit_than_was_asked_for_is_an_error() throws Exception {
        Path other = Files.createDirectories(mount.resolve("trial"));
        Files.writeString(other.resolve("memory.max"), "4096\n");

        assertThatThrownBy(() -> new MemoryCgroups.Group(other, MemoryFiles.V2, LIMIT).verify())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is 4096, expected " + LIMIT);
    }

    @Test
    void a_machine_without_a_group_that_holds_this_process_is_refused() {
        List<String> mounts = List.of("cgroup " + mount.resolve("v1") + " cgroup rw,memory 0 0");
        assertThatThrownBy(() -> MemoryCgroups.of(mounts, OWN))
                .isInstanceOf(UsageError.class)
                .hasMessageStartingWith(
                        "trials.memoryLimitMiB: no cgroup v2, and none of v1 with the memory controller,");
    }

    @Test
    void memory_that_is_left_to_a_version_1_out_of_reach_is_refused() throws Exception {
        group(mount, "hugetlb", "hugetlb");
        group(session, "hugetlb", "");

        assertThatThrownBy(() -> MemoryCgroups.of(mounts(), OWN))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining("the memory controller is not with cgroup v2")
                .hasMessageContaining("[hugetlb]")
                .hasMessageContaining("or leave out trials.memoryLimitMiB");
    }

    @Test
    void memory_that_is_left_to_version_1_is_limited_there_with_swap() throws Exception {
        group(mount, "hugetlb", "hugetlb");
        group(session, "hugetlb", "");
        Path own = Files.createDirectories(mount.resolve("v1/elsewhere"));
        List<String> mounts = List.of(
                mounts().get(1),
                "cgroup " + mount.resolve("pids") + " cgroup rw,pids 0 0",
                "cgroup " + mount.resolve("v1") + " cgroup rw,memory 0 0");

        MemoryCgroups.Group made = MemoryCgroups.of(mounts, OWN).create("trial", LIMIT);

        assertThat(made.folder()).isEqualTo(own.resolve("trial"));
        assertThat(made.folder().resolve("memory.limit_in_bytes")).hasContent(Long.toString(LIMIT));
        Files.writeString(own.resolve("memory.limit_in_bytes"), "9223372036854771712\n");
        assertThat(MemoryCgroups.limitOf(mounts, OWN)).isEmpty();
        Files.writeString(own.resolve("memory.limit_in_bytes"), LIMIT + "\n");
        Files.writeString(own.resolve("memory.max_usage_in_bytes"), "77\n");
        assertThat(MemoryCgroups.limitOf(mounts, OWN)).contains(new MemoryLimit("/elsewhere", LIMIT, 77));
    }

    @Test
    void a_group_that_may_have_no_children_is_refused() throws Exception {
        group(mount, "memory", "");

        assertThatThrownBy(() -> MemoryCgroups.of(mounts(), OWN))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining("may not make groups with a memory limit");
    }

    @Test
    void the_limit_that_a_process_runs_under_is_told() throws Exception {
        assertThat(MemoryCgroups.limitOf(mounts(), OWN)).isEmpty();
        Files.writeString(session.resolve("memory.max"), "max\n");
        assertThat(MemoryCgroups.limitOf(mounts(), OWN)).isEmpty();
        Files.writeString(session.resolve("memory.max"), LIMIT + "\n");
        Files.writeString(session.resolve("memory.peak"), "77\n");
        assertThat(MemoryCgroups.limitOf(mounts(), OWN)).contains(new MemoryLimit("/session", LIMIT, 77));
    }

    @Test
    void a_process_that_was_killed_for_its_memory_is_told_in_either_version() throws Exception {
        Path folder = Files.createDirectories(mount.resolve("trial"));
        MemoryCgroups.Group v2 = new MemoryCgroups.Group(folder, MemoryFiles.V2, LIMIT);
        MemoryCgroups.Group v1 = new MemoryCgroups.Group(folder, MemoryFiles.V1, LIMIT);
        assertThat(v2.hasKilled()).isFalse();
        assertThat(v1.hasKilled()).isFalse();

        Files.writeString(folder.resolve("memory.events"), "max 7\noom 1\noom_kill 0\noom_group_kill 0\n");
        Files.writeString(folder.resolve("memory.oom_control"), "oom_kill_disable 1\nunder_oom 0\noom_kill 0\n");
        assertThat(v2.hasKilled()).isFalse();
        assertThat(v1.hasKilled()).isFalse();

        Files.writeString(folder.resolve("memory.events"), "max 7\noom 1\noom_kill 1\noom_group_kill 0\n");
        Files.writeString(folder.resolve("memory.oom_control"), "oom_kill_disable 0\nunder_oom 0\noom_kill 2\n");
        assertThat(v2.hasKilled()).isTrue();
        assertThat(v1.hasKilled()).isTrue();
    }

    @Test
    void a_trial_outside_its_group_is_a_fault() {
        assertThatThrownBy(() -> MemoryCgroups.require(LIMIT, Optional.empty()))
                .isInstanceOf(HarnessException.class)
                .hasMessage("the trial runs under no memory limit, expected 536870912 bytes (trials.memoryLimitMiB)");
        assertThatThrownBy(() -> MemoryCgroups.require(LIMIT, Optional.of(new MemoryLimit("/other", 1, 0))))
                .hasMessageContaining("a memory limit of 1 bytes in /other");
        assertThatCode(() -> MemoryCgroups.require(LIMIT, Optional.of(new MemoryLimit("/trial", LIMIT, 0))))
                .doesNotThrowAnyException();
    }

    private List<String> mounts() {
        return List.of("proc /proc proc rw 0 0", "cgroup2 " + mount + " cgroup2 rw 0 0");
    }

    private static Path group(Path folder, String controllers, String passedOn) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("cgroup.controllers"), controllers + "\n");
        Files.writeString(folder.resolve("cgroup.subtree_control"), passedOn + "\n");
        Files.writeString(folder.resolve("cgroup.procs"), "");
        return folder;
    }
}

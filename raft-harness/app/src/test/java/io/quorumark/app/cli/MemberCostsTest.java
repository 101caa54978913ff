package io.quorumark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quorumark.campaign.host.BlockDevice;
import io.quorumark.campaign.node.LocalGroup;
import io.quorumark.raft.RemoteGroup;
import io.quorumark.raft.message.MemberFigures;
import io.quorumark.results.model.Cost;
import io.quorumark.results.model.Trial;
import io.quorumark.results.store.CampaignReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a member in a process of its own costs, where that process runs on the driver's machine. */
class MemberCostsTest {
    /** The folder of a lone member. */
    @TempDir
    static Path group;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        CommandLineRun started =
                CommandLineRun.of(("cluster start --nodes 1 --engine memory --heap 128 --data " + group).split(" "));
        assertThat(started.exitCode()).as(started.err()).isZero();
    }

    @AfterAll
    static void noMemberStays() {
        CommandLineRun.of("cluster", "stop", "--data", group.toString());
    }

    @Test
    void a_members_process_is_counted_with_the_drivers() throws Exception {
        assumeTrue(Files.isReadable(Path.of("/proc/self/smaps_rollup")), "this system has no /proc/PID/smaps_rollup");
        assumeTrue(!Files.getFileStore(folder).type().equals("tmpfs"), "what is written to memory is not counted");
        Path plan = Files.writeString(folder.resolve("plan.yaml"), """
                profile: smoke
                engines: [memory]
                records: 100
                cluster: {members: [%s], durability: POWER_LOSS, memoryBudgetMiB: 64}
                load: {warmUpSeconds: 0.1, measureSeconds: 0.5}
                """.formatted(
                        String.join(", ", LocalGroup.read(group).ids())));
        Path out = folder.resolve("results");
        CommandLineRun run = CommandLineRun.of("run", plan.toString(), "--out", out.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();

        RecheckRun.assertAgrees(out);
        Trial trial = CampaignReader.read(out).trials().get(0);
        // Every write is in the log at least, and is forced there before it is acknowledged.
        assertThat(trial.costs().figures())
                .hasEntrySatisfying(
                        Cost.WRITE_AMPLIFICATION.id(),
                        written -> assertThat(written).isGreaterThan(1.0));
        assertThat(trial.costs().figures()).containsKey(Cost.PROCESS_READ.id());
        assertThat(trial.costs().figures().containsKey(Cost.DEVICE_WRITTEN.id()))
                .isEqualTo(BlockDevice.under(folder).isPresent());
        assertThat(trial.resources().writtenBytes()).isPositive();
        // Threads of the driver and of the member.
        assertThat(trial.costs().cpuNanosPerOperation()).containsKeys("client", "log", "apply", "raft");
        double byRole = trial.costs().cpuNanosPerOperation().values().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
        assertThat(trial.resources().cpuNanosPerOperation()).isBetween(0.5 * byRole, 1.5 * byRole);
    }

    @Test
    void a_member_tells_where_it_is_and_what_its_jvm_used() {
        LocalGroup local = LocalGroup.read(group);
        try (RemoteGroup client = RemoteGroup.of(local.group(), local.ids(), Duration.ofSeconds(20))) {
            MemberFigures figures = client.figures(local.ids().get(0)).join();
            assertThat(figures.process().pid()).isEqualTo(local.members().get(0).pid());
            assertThat(figures.process().folder()).isEqualTo(group.resolve("n1").toString());
            assertThat(figures.jvm().allocatedBytes()).isPositive();
            assertThat(figures.jvm().compilationMillis()).isPositive();
        }
    }
}

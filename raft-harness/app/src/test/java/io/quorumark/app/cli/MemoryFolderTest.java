package io.quorumark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quorumark.campaign.CampaignBuilder;
import io.quorumark.campaign.Folders;
import io.quorumark.campaign.plan.Plan;
import io.quorumark.campaign.plan.Profiles;
import io.quorumark.results.store.CampaignWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data in a folder that is memory: refused where it is to survive a power cut, flagged where not. */
class MemoryFolderTest {
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    @TempDir
    Path folder;

    private Path memory = SHARED_MEMORY;

    @BeforeEach
    void makeAFolderInMemory() throws IOException {
        assumeTrue(
                Files.isWritable(SHARED_MEMORY)
                        && Files.getFileStore(SHARED_MEMORY).type().equals("tmpfs"),
                "this system has no tmpfs at " + SHARED_MEMORY);
        assumeTrue(!Files.getFileStore(folder).type().equals("tmpfs"), "temporary files are in memory too");
        memory = Files.createTempDirectory(SHARED_MEMORY, "quorumark-test-");
    }

    @AfterEach
    void removeIt() throws IOException {
        if (!memory.equals(SHARED_MEMORY)) {
            Folders.remove(memory);
        }
    }

    @Test
    void power_loss_in_memory_is_refused_before_anything_is_written() throws IOException {
        Path out = folder.resolve("out");
        Path inside = memory.resolve("out");
        for (List<String> command : List.of(
                List.of("run", "--data", memory.toString(), "--out", out.toString()),
                List.of("run", "--out", inside.toString()),
                List.of("run", "--dry-run", "--data", memory.toString()),
                List.of("doctor", "plan", "--data", memory.toString()))) {
            List<String> words = new ArrayList<>(command);
            words.addAll(List.of("--profile", "smoke", "--engines", "memory", "--durability", "POWER_LOSS"));
            CommandLineRun run = CommandLineRun.of(words.toArray(String[]::new));
            String named = words.contains(inside.toString()) ? inside.toString() : memory.toString();
            assertThat(run.exitCode()).as("%s: %s", words, run.err()).isEqualTo(2);
            assertThat(run.err())
                    .startsWith("quorumark: the data folder '" + named + "' is on tmpfs, which is memory")
                    .contains("choose a folder on a device with --data")
                    .hasLineCount(1);
            assertThat(out).doesNotExist();
            assertThat(memory).isEmptyDirectory();
        }
    }

    @Test
    void less_than_power_loss_runs_in_memory_and_is_flagged() throws IOException {
        Path out = folder.resolve("out");
        CommandLineRun run = CommandLineRun.of(
                ("run --profile smoke --engines memory --target engine --records 10 --measure 0.2 --data " + memory
                                + " --out " + out)
                        .split(" "));
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err())
                .contains("note: The data folder " + memory + " is on tmpfs: it lives in memory")
                .contains("choose a folder on a device with --data");
        assertThat(out.resolve("report.md")).content().contains("The data was on tmpfs, which is memory");
    }

    @Test
    void a_group_in_memory_serves_under_a_warning() {
        String data = memory.resolve("group").toString();
        try {
            CommandLineRun start =
                    CommandLineRun.of("cluster", "start", "--data", data, "--engine", "memory", "--nodes", "1");
            assertThat(start.exitCode()).as(start.err()).isZero();
            assertThat(start.err())
                    .contains(
                            "warning: '" + data + "' is on tmpfs, which is memory: nothing there survives a power cut");
            assertThat(memory.resolve("group/n1.log")).content().contains("warning: '" + data + "/n1' is on tmpfs");
        } finally {
            CommandLineRun.of("cluster", "stop", "--data", data);
        }
    }

    @Test
    void a_campaign_does_not_go_on_in_memory_where_it_was_begun_on_a_device() throws Exception {
        Path out = Files.createDirectory(folder.resolve("begun"));
        try (CampaignWriter begun = CampaignWriter.create(
                out,
                new CampaignBuilder(Profiles.complete(null, "smoke", Plan.EMPTY)).build(folder, "test", id -> id))) {
            assertThat(begun.folder().root()).isEqualTo(out);
        }
        CommandLineRun run = CommandLineRun.of("run", "--resume", out.toString(), "--data", memory.toString());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .startsWith("quorumark: the data folder '" + memory + "' is on tmpfs, but the campaign was begun on "
                        + Files.getFileStore(folder).type())
                .contains("go on with --data and a folder there")
                .hasLineCount(1);
        assertThat(memory).isEmptyDirectory();
    }
}

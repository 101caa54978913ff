package io.quorumark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Trial;
import io.quorumark.results.model.Trial.Outcome;
import io.quorumark.results.store.CampaignFolder;
import io.quorumark.results.store.CampaignReader;
import io.quorumark.results.store.StoredCampaign;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workloads that people write themselves, named as people name files. */
class WorkloadFilesTest {
    private static final String ORDERS = """
            name: orders
            description: "Orders, in sizes that were counted."
            model: ycsb
            records: 100
            operations: {read: 0.5, update: 0.5}
            keys: {distribution: uniform}
            values: {sizes: histogram, file: sizes.csv, compressionRatio: 0.5}
            """;

    @TempDir
    Path folder;

    private Path orders = Path.of("unset");

    @BeforeEach
    void write_the_workload() throws IOException {
        Path own = Files.createDirectories(folder.resolve("own"));
        Files.writeString(own.resolve("sizes.csv"), "bytes,count\n100,3\n200,1\n");
        orders = Files.writeString(own.resolve("orders.yaml"), ORDERS);
    }

    @Test
    void a_file_beside_its_plan_is_run_called_by_its_name_and_kept_with_the_results() throws Exception {
        Path out = folder.resolve("out");

        CommandLineRun run = CommandLineRun.of("run", plan("own/orders.yaml"), "--out", out.toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        StoredCampaign stored = CampaignReader.read(out);
        assertThat(stored.trials())
                .isNotEmpty()
                .allSatisfy(trial ->
                        assertThat(trial.outcome()).as("%s", trial.reasons()).isEqualTo(Outcome.VALID));
        assertThat(stored.campaign().cells()).extracting("workload").containsOnly("orders");
        assertThat(out.resolve("report.md")).content().contains("orders").doesNotContain("orders.yaml |");
        assertThat(out.resolve("workloads/orders.yaml")).hasContent(ORDERS);
    }

    @Test
    void a_campaign_does_not_go_on_with_a_file_that_was_changed() throws Exception {
        Path out = folder.resolve("out");
        assertThat(CommandLineRun.of("run", plan("own/orders.yaml"), "--out", out.toString())
                        .exitCode())
                .isZero();
        Campaign campaign = CampaignReader.read(out).campaign();
        Path last = new CampaignFolder(out)
                .trialJson(0, campaign.blockOrder().get(0).get(0));
        Files.delete(last);

        Files.writeString(orders, ORDERS.replace("update: 0.5", "update: 0.4, insert: 0.1"));
        CommandLineRun changed = CommandLineRun.of("run", "--resume", out.toString());
        assertThat(changed.exitCode()).isEqualTo(2);
        assertThat(changed.err())
                .contains(" on orders as cell ")
                .contains("a workload's file has changed since; restore it, or begin another campaign");

        Files.writeString(orders, ORDERS);
        CommandLineRun restored = CommandLineRun.of("run", "--resume", out.toString());
        assertThat(restored.exitCode()).as(restored.err()).isZero();
        assertThat(CampaignReader.read(out).trials()).extracting(Trial::outcome).containsOnly(Outcome.VALID);
    }

    @Test
    void an_option_names_a_file_relative_to_the_working_folder() throws Exception {
        Path here = Path.of("").toAbsolutePath();
        CommandLineRun dry = CommandLineRun.of(
                "run",
                "--dry-run",
                "--profile",
                "smoke",
                "--workloads",
                here.relativize(orders).toString());

        assertThat(dry.exitCode()).as(dry.err()).isZero();
        assertThat(dry.out()).contains("- " + orders).containsPattern("(?m)^cell .* orders +log ");
    }

    @Test
    void a_changed_copy_needs_a_name_of_its_own() throws Exception {
        Files.writeString(orders, ORDERS.replace("name: orders", "name: ycsb-a"));

        CommandLineRun run = CommandLineRun.of("run", "--dry-run", plan("own/orders.yaml"));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(orders + ": name: is 'ycsb-a', a built-in workload that this one differs from");
    }

    @Test
    void two_workloads_of_one_name_are_refused() throws Exception {
        Files.copy(orders, orders.resolveSibling("more.yaml"));

        CommandLineRun run = CommandLineRun.of("run", "--dry-run", plan("own/orders.yaml, own/more.yaml"));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("more.yaml' are both named 'orders'; give each a name of its own");
    }

    private String plan(String workloads) throws IOException {
        return Files.writeString(folder.resolve("plan.yaml"), """
                        profile: smoke
                        engines: [memory]
                        workloads: [%s]
                        cluster: {target: engine}
                        load: {clients: 1, warmUpSeconds: 0.1, measureSeconds: 0.5}
                        trials: {blocks: 1, ceilingBlocks: 0}
                        """.formatted(workloads))
                .toString();
    }
}

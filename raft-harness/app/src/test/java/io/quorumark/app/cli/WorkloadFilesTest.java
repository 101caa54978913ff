package io.quorumark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.campaign.Folders;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.Trial;
import io.quorumark.results.model.Trial.Outcome;
import io.quorumark.results.store.CampaignFolder;
import io.quorumark.results.store.CampaignReader;
import io.quorumark.results.store.StoredCampaign;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
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
        assertThat(out.resolve("workloads/orders.yaml"))
                .hasContent(ORDERS.replace("file: sizes.csv", "file: \"orders_sizes.csv\""));
        assertThat(out.resolve("workloads/orders_sizes.csv")).hasContent("bytes,count\n100,3\n200,1\n");
        assertThat(out.resolve("plan.yaml"))
                .content()
                .contains("workloads/orders.yaml")
                .doesNotContain(folder.toString());
    }

    @Test
    void tables_of_two_workloads_whose_names_begin_alike_are_kept_apart() throws Exception {
        Files.writeString(orders, ORDERS.replace("sizes.csv", "eu-s.csv"));
        Files.writeString(
                orders.resolveSibling("eu.yaml"),
                ORDERS.replace("name: orders", "name: orders-eu").replace("sizes.csv", "s.csv"));
        Files.move(orders.resolveSibling("sizes.csv"), orders.resolveSibling("eu-s.csv"));
        Files.writeString(orders.resolveSibling("s.csv"), "bytes,count\n50,1\n");
        Path out = folder.resolve("out");

        CommandLineRun run = CommandLineRun.of("run", plan("own/orders.yaml, own/eu.yaml"), "--out", out.toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(out.resolve("workloads/orders_eu-s.csv")).hasContent("bytes,count\n100,3\n200,1\n");
        assertThat(out.resolve("workloads/orders-eu_s.csv")).hasContent("bytes,count\n50,1\n");
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
        // as if the campaign had been ended before its last trial
        Files.delete(last);
        Files.delete(out.resolve("manifest.json"));

        Path copy = out.resolve("workloads/orders.yaml");
        String kept = Files.readString(copy);
        Files.writeString(copy, kept.replace("update: 0.5", "update: 0.4, insert: 0.1"));
        CommandLineRun changed = CommandLineRun.of("run", "--resume", out.toString());
        assertThat(changed.exitCode()).isEqualTo(2);
        assertThat(changed.err())
                .contains(" on orders as cell ")
                .contains("a workload's file has changed since; restore it, or begin another campaign");

        Files.writeString(copy, kept);
        Files.delete(orders); // the campaign has all it needs
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
        assertThat(run.err())
                .contains(orders + ":1: name: is 'ycsb-a', a built-in workload that this one differs from");
    }

    @Test
    void two_workloads_of_one_name_are_refused() throws Exception {
        Files.copy(orders, orders.resolveSibling("more.yaml"));

        CommandLineRun run = CommandLineRun.of("run", "--dry-run", plan("own/orders.yaml, own/more.yaml"));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .hasLineCount(1)
                .contains(folder.resolve("plan.yaml") + ":3: workloads[1] is '")
                .contains("more.yaml', expected no second workload named 'orders', as '" + orders + "' is");
    }

    @Test
    void records_are_what_an_option_says_else_the_plan_else_the_file_else_the_profile() throws Exception {
        String plan = plan("own/orders.yaml, ycsb-a");
        assertThat(CommandLineRun.of("run", "--dry-run", plan).out())
                .contains("workload orders: 100 records (workload " + orders + ")")
                .contains("workload ycsb-a: 200 records (profile smoke)")
                .containsPattern("(?m)^load.clients +1 +" + folder.resolve("plan.yaml") + ":5$")
                .containsPattern("(?m)^seed +42 +profile smoke$");
        assertThat(CommandLineRun.of("run", "--dry-run", plan, "--records", "300")
                        .out())
                .contains("workload orders: 300 records (option)")
                .contains("workload ycsb-a: 300 records (option)");
        Files.writeString(Path.of(plan), "records: 400\n", StandardOpenOption.APPEND);
        assertThat(CommandLineRun.of("run", "--dry-run", plan).out())
                .contains("workload orders: 400 records (" + plan + ":7)")
                .contains("workload ycsb-a: 400 records (" + plan + ":7)");
    }

    @Test
    void the_command_of_a_report_runs_the_plan_again_with_nothing_but_the_results_folder() throws Exception {
        Path out = folder.resolve("out");
        Files.writeString(orders, ORDERS.replace("sizes.csv", "../tables/größen 1.csv"));
        Files.createDirectories(folder.resolve("tables"));
        Files.move(folder.resolve("own/sizes.csv"), folder.resolve("tables/größen 1.csv"));
        assertThat(CommandLineRun.of("run", plan("own/orders.yaml"), "--out", out.toString())
                        .exitCode())
                .isZero();
        Campaign campaign = CampaignReader.read(out).campaign();
        Folders.remove(folder.resolve("own"));
        Folders.remove(folder.resolve("tables"));
        Files.delete(folder.resolve("plan.yaml"));

        String command = campaign.command();
        for (String document : new String[] {"report.html", "report.md", "adr.md"}) {
            assertThat(out.resolve(document)).content().contains(command);
        }
        assertThat(command).isEqualTo("scripts/quorumark run " + out.resolve("plan.yaml"));
        Path again = folder.resolve("again");
        String[] words = (command.substring(command.indexOf(' ') + 1) + " --out " + again).split(" ");
        CommandLineRun run = CommandLineRun.of(words);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(CampaignReader.read(again).campaign().cells()).isEqualTo(campaign.cells());
    }

    @Test
    void reads_of_keys_that_were_never_loaded_are_counted_and_named() throws Exception {
        StringBuilder trace = new StringBuilder("offset,operation,key,valueBytes\n");
        for (int i = 0; i < 2_000; i++) {
            trace.append(i).append(",read,key-").append(i).append(",100\n");
        }
        Files.writeString(folder.resolve("own/day.csv"), trace);
        Files.writeString(orders, """
                        name: day
                        description: "A day."
                        model: trace
                        records: 20
                        values: {sizes: trace, compressionRatio: 0.5}
                        trace: {file: day.csv, format: csv, offsetUnit: milliseconds}
                        """);
        Path out = folder.resolve("out");
        CommandLineRun run = CommandLineRun.of("run", plan("own/orders.yaml"), "--out", out.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err())
                .contains("workload day: 20 records (workload " + orders + ")")
                .contains("2,000 operations in 2.00 s, 1,000 op/s on average, times in milliseconds");
        StoredCampaign stored = CampaignReader.read(out);
        assertThat(stored.trials()).singleElement().satisfies(trial -> {
            Trial.ReadMisses reads = Objects.requireNonNull(trial.readMisses());
            assertThat(reads.missedShare()).isGreaterThan(0.9);
            assertThat(reads.mayMiss()).isFalse();
            assertThat(Objects.requireNonNull(trial.jvm()).arguments()).contains("-Xmx512m");
            assertThat(trial.jvm().changedFlags()).containsEntry("UseSerialGC", "true (command line)");
        });
        assertThat(out.resolve("report.md")).content().contains("read a key that was not there");
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

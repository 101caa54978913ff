package io.quorumark.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.quorumark.campaign.host.FreeResources;
import io.quorumark.campaign.plan.CompletedPlan;
import io.quorumark.campaign.plan.Plan;
import io.quorumark.campaign.plan.Profiles;
import io.quorumark.campaign.support.UsageError;
import io.quorumark.results.model.Cell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanFitTest {
    private static final long GIB = 1L << 30;
    private static final String NOT_PACED = "load: {paced: {rateOpsPerSecond: 0}}\n";
    private static final String UNCUT = "raft: {snapshot: {everyEntries: 0, everyBytes: 0}}\n";
    private static final FreeResources AMPLE = new FreeResources(1_000 * GIB, 64 * GIB);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"smoke", "quick", "gate", "adr"})
    void every_profile_fits_an_ordinary_machine(String profile) {
        assertThat(fit(Profiles.complete(null, profile, Plan.EMPTY)).problems(new FreeResources(100 * GIB, 14 * GIB)))
                .isEmpty();
    }

    @Test
    void sizes_come_from_the_workload() throws Exception {
        PlanFit.Need need = fit("engines: [rocksdb]\nrecords: 1000000\n" + NOT_PACED + UNCUT)
                .needs()
                .get(0);

        // Records of 1,000 bytes under keys of 20; a state and a log in each of three members.
        assertThat(need.data()).isBetween(1.01e9, 1.04e9);
        assertThat(need.disk()).isEqualTo(6 * need.data());
        assertThat(need.heap()).isBetween(need.data(), 1.3 * need.data());
    }

    @Test
    void a_bare_engine_needs_its_data_once() throws Exception {
        PlanFit.Need need =
                fit("engines: [rocksdb]\ncluster: {target: engine}\n").needs().get(0);

        assertThat(need.disk()).isEqualTo(need.data());
    }

    @Test
    void an_open_loop_adds_what_its_log_will_hold() throws Exception {
        String plan = "engines: [rocksdb]\ntrials: {timeoutSeconds: 200}\n"
                + "load: {kind: open, rateOpsPerSecond: 10000, measureSeconds: 100, clients: 64}\n";
        PlanFit.Need need = fit(plan + UNCUT).needs().get(0);

        // Half of a million operations write 1,020 bytes.
        assertThat(need.disk() - 6 * need.data()).isBetween(3 * 0.45e9, 3 * 0.56e9);
    }

    @Test
    void a_log_that_snapshots_cut_holds_two_intervals_at_the_most() throws Exception {
        String plan = "engines: [rocksdb]\nrecords: 1000000\n";
        PlanFit.Need need = fit(plan).needs().get(0);
        PlanFit.Need entries =
                fit(plan + "raft: {snapshot: {everyEntries: 1000}}\n").needs().get(0);
        PlanFit.Need bytes =
                fit(plan + "raft: {snapshot: {everyBytes: 1000000}}\n").needs().get(0);

        assertThat(need.disk()).isCloseTo(3 * (need.data() + 2 * 200_000 * need.data() / 1e6), within(1.0));
        assertThat(entries.disk()).isCloseTo(3 * (entries.data() + 2 * 1_000 * entries.data() / 1e6), within(1.0));
        assertThat(bytes.disk()).isCloseTo(3 * (bytes.data() + 2e6), within(1.0));
    }

    @Test
    void too_little_disk_is_told_with_both_figures() throws Exception {
        PlanFit fit = fit("engines: [rocksdb]\nrecords: 1000000\n" + UNCUT);

        assertThatThrownBy(() -> fit.check(new FreeResources(5 * GIB, 64 * GIB)))
                .isInstanceOf(UsageError.class)
                .hasMessageStartingWith("the plan does not fit this machine: RocksDB on ycsb-a needs 5,8")
                .hasMessageContaining("3 members")
                .hasMessageContaining("but 5,120 MiB are free");
        assertThat(fit.problems(new FreeResources(6 * GIB, 64 * GIB))).isEmpty();
    }

    @Test
    void too_little_memory_is_told_with_both_figures() throws Exception {
        PlanFit fit = fit("engines: [rocksdb]\n");

        // 2048 of heap, 128 of the JVM, six instances of 64.
        assertThat(fit.problems(new FreeResources(AMPLE.diskBytes(), 2559L << 20)))
                .first()
                .asString()
                .contains("needs 2,560 MiB of memory (heap 2048 MiB, 6 engine instances at 64 MiB)")
                .contains("but 2,559 MiB are available");
        assertThat(fit.problems(new FreeResources(AMPLE.diskBytes(), 2560L << 20)))
                .isEmpty();
    }

    @Test
    void a_heap_that_cannot_hold_what_verifies_the_trial_is_refused() throws Exception {
        assertThat(fit("engines: [rocksdb]\nrecords: 3000000\n").problems(AMPLE))
                .singleElement()
                .asString()
                .contains("RocksDB on ycsb-a needs 3,6")
                .contains("of heap")
                .contains("held once to verify the trial)")
                .contains("jvm.heapMiB is 2048");
    }

    @Test
    void an_engine_on_the_heap_needs_a_heap_for_every_member() throws Exception {
        assertThat(fit("engines: [rocksdb, memory]\nrecords: 1000000\n" + UNCUT).problems(AMPLE))
                .singleElement()
                .asString()
                .contains("In-memory + WAL on ycsb-a needs 8,0")
                .contains(
                        "once to verify the trial, 3 times by the engine, 3 times in its log, as far as nothing cuts it)");
    }

    @Test
    void one_of_a_thing_is_told_in_the_singular() throws Exception {
        String plan = "engines: [rocksdb, memory]\nreference: memory\ncluster: {target: engine}\n";
        assertThat(fit(plan + "records: 4000000\n").problems(AMPLE))
                .last()
                .asString()
                .contains("once to verify the trial, once by the engine");
        assertThat(fit(plan).problems(new FreeResources(1, AMPLE.memoryBytes())))
                .first()
                .asString()
                .contains("of keys and values, 1 member)");
        assertThat(fit(plan).problems(new FreeResources(AMPLE.diskBytes(), 1)))
                .first()
                .asString()
                .contains(", 1 engine instance at ");
        assertThat(new CampaignBuilder(plan(plan + "records: 1\n")).workloads().descriptions())
                .singleElement()
                .asString()
                .contains(": 1 record (");
    }

    @Test
    void a_log_on_the_heap_that_nothing_cuts_needs_a_heap_too() throws Exception {
        String plan = """
                engines: [rocksdb]
                records: 400000
                raft: {log: {engine: memory}, snapshot: {everyEntries: 0, everyBytes: 0}}
                """ + NOT_PACED;
        PlanFit.Need kept = fit(plan).needs().get(0);
        PlanFit.Need cut =
                fit(plan.replace("everyBytes: 0", "everyBytes: 1")).needs().get(0);

        assertThat(0.9 * (kept.heap() - cut.heap())).isCloseTo(3 * (kept.data() - 2), within(1.0));
        assertThat(fit(plan).problems(AMPLE)).isEmpty();
        assertThat(fit(plan.replace("400000", "700000")).problems(AMPLE))
                .singleElement()
                .asString()
                .contains("trial, 3 times in its log, as far as nothing cuts it), but jvm.heapMiB is 2048");
    }

    @Test
    void a_memory_limit_below_the_heap_is_refused() throws Exception {
        assertThat(fit("engines: [rocksdb]\ntrials: {memoryLimitMiB: 512, ceilingBlocks: 0}\n")
                        .problems(AMPLE))
                .singleElement()
                .asString()
                .contains("but trials.memoryLimitMiB is 512");
        assertThat(fit("""
                        engines: [rocksdb]
                        trials: {memoryLimitMiB: 512}
                        jvm: {heapMiB: 256}
                        cluster: {memoryBudgetMiB: 16}
                        """).problems(AMPLE)).isEmpty();
    }

    @Test
    void a_memory_limit_makes_another_cell_that_says_so() throws Exception {
        CompletedPlan free = plan("engines: [rocksdb]\n");
        CompletedPlan bound = plan("engines: [rocksdb]\ntrials: {memoryLimitMiB: 4096}\n");
        Cell freeCell = new CampaignBuilder(free).cells().get(0);
        Cell boundCell = new CampaignBuilder(bound).cells().get(0);

        assertThat(boundCell.id()).isNotEqualTo(freeCell.id());
        assertThat(boundCell.caveats())
                .contains("Each trial's process, page cache included, was held to 4096 MiB by the kernel.");
    }

    @Test
    void members_that_run_on_their_own_cannot_be_limited() {
        assertThatThrownBy(() -> plan("""
                        engines: [rocksdb]
                        trials: {memoryLimitMiB: 4096}
                        cluster: {members: ['a:1', 'b:1', 'c:1'], transport: tcp}
                        """))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining("trials.memoryLimitMiB is '4096', expected nothing");
    }

    private PlanFit fit(String yaml) throws Exception {
        return fit(plan(yaml));
    }

    private static PlanFit fit(CompletedPlan plan) {
        CampaignBuilder builder = new CampaignBuilder(plan);
        return new PlanFit(plan.plan(), builder.workloads(), builder.cells(), plan.engines());
    }

    private CompletedPlan plan(String yaml) throws Exception {
        Path file = Files.writeString(folder.resolve("plan.yaml"), yaml);
        return Profiles.complete(file, null, Plan.EMPTY);
    }

    /** Kept beside the tests that use it: what is free here must be readable, whatever it is. */
    @Test
    void room_is_read_from_the_nearest_folder_that_exists() throws Exception {
        FreeResources room = FreeResources.at(folder.resolve("not/yet/there"));

        assertThat(List.of(room.diskBytes(), room.memoryBytes())).allMatch(bytes -> bytes > 0);
    }
}

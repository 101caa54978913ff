package io.quorumark.campaign.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.campaign.support.UsageError;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.TargetKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A condition that cannot come true is refused; one that was written for another plan is set aside. */
class ApplicableKeysTest {
    private static final String OPEN = "load: {kind: open, rateOpsPerSecond: 500}\n";
    private static final String REMOTE = "cluster: {members: ['a:1', 'b:1', 'c:1']}\nengines: [memory]\n";

    @TempDir
    Path folder;

    private CompletedPlan plan(String yaml, Plan options) throws IOException {
        return Profiles.complete(Files.writeString(folder.resolve("plan.yaml"), yaml), null, options);
    }

    private CompletedPlan plan(String yaml) throws IOException {
        return plan(yaml, Plan.EMPTY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "load: {rateOpsPerSecond: 500}          | load.rateOpsPerSecond is '500.0'   | load.kind 'closed'",
                "load: {arrivals: {kind: poisson}}      | load.arrivals is there             | load.kind 'closed'",
                "load: {sweep: {objective: p99 <= 1 s}} | load.sweep is there                | load.kind 'closed'",
                "load: {sweep: {maxSteps: 5}}           | load.sweep is there                | load.kind 'closed'",
                "load: {speed: 2}                       | load.speed is '2.0'                | load.kind 'closed'",
                "load: {pacing: spin}                   | load.pacing is 'spin'              | load.kind 'closed'",
                "load: {kind: open, rateOpsPerSecond: 5, speed: 2} | load.speed is '2.0' | load.kind 'open'",
                "load: {measureSeconds: 5, measureOperations: 100} | load.measureSeconds is '5.0'  | load.measureOperations '100'",
                "trials: {blocks: 3, maxHalfWidth: 0.1}            | trials.maxHalfWidth is '0.1'  | trials.maxBlocks '3'",
                "cluster: {target: engine, members: 3}             | cluster.members is '3'        | cluster.target 'engine'",
                "cluster: {target: engine, transport: tcp}         | cluster.transport is 'tcp'    | cluster.target 'engine'",
                "cluster: {target: state-machine, reads: local}    | cluster.reads is 'local'      | cluster.target 'state-machine'",
                "cluster: {target: engine, passwordFile: p}        | cluster.passwordFile is 'p'   | cluster.target 'engine'",
                "cluster: {passwordFile: p}                        | cluster.passwordFile is 'p'   | cluster.members '3'",
                "cluster: {tls: {keystore: k, passwordFile: p}}    | cluster.tls is there          | cluster.members '3'",
                "cluster: {members: ['a:1', 'b:1', 'c:1'], transport: in-jvm} | cluster.transport is 'in-jvm' | cluster.members",
                "cluster: {members: ['a:1', 'b:1', 'c:1'], backgroundThreads: 4} | cluster.backgroundThreads is '4' | cluster.members",
            })
    void a_key_that_does_not_apply_is_refused_with_file_line_and_what_decides(String yaml, String key, String decider) {
        assertThatThrownBy(() -> plan("seed: 1\nengines: [memory]\n" + yaml + "\n"))
                .isInstanceOf(UsageError.class)
                .message()
                .startsWith(folder.resolve("plan.yaml") + ":3: " + key + ", expected no such key with " + decider)
                .contains("; remove it, or ")
                .hasLineCount(1);
    }

    @Test
    void the_length_of_bursts_is_refused_where_there_are_none() {
        assertThatThrownBy(() -> plan(OPEN.replace("500", "500, arrivals: {kind: poisson, duty: 1}")))
                .hasMessageContaining("plan.yaml:1: load.arrivals.duty is '1.0'")
                .hasMessageContaining(
                        "with load.arrivals.kind 'poisson'; remove it, or set load.arrivals.kind to bursts");
    }

    @Test
    void a_raft_section_without_a_group_is_refused() {
        assertThatThrownBy(() -> plan("cluster: {target: engine}\nraft:\n  electionTimeoutMillis: 900\n"))
                .hasMessageContaining("plan.yaml:2: raft is there, expected no such key with cluster.target 'engine'");
    }

    @Test
    void what_members_that_run_on_their_own_are_configured_with_is_not_the_plans() {
        assertThatThrownBy(() -> plan(REMOTE + "raft: {batch: {maxEntries: 9}}\n"))
                .hasMessageContaining("plan.yaml:3: raft.batch is there, expected no such key with cluster.members");
        assertThatThrownBy(() -> plan(REMOTE + "trials: {ceilingBlocks: 2}\n"))
                .hasMessageContaining("plan.yaml:3: trials.ceilingBlocks is '2'");
    }

    @Test
    void an_option_that_does_not_apply_is_refused_in_the_name_of_the_command_line() {
        Plan options = Plan.EMPTY.with("cluster.reads", "lease");

        assertThatThrownBy(() -> plan("cluster: {target: engine}\n", options))
                .hasMessageStartingWith("command line: cluster.reads is 'lease', expected no such key");
        assertThatThrownBy(() -> Profiles.complete(null, null, options.with("cluster.target", TargetKind.ENGINE)))
                .hasMessageStartingWith("command line: cluster.reads is 'lease', expected no such key");
    }

    @Test
    void a_value_that_says_no_more_than_leaving_the_key_out_is_accepted() throws Exception {
        CompletedPlan plan = plan(
                "load: {rateOpsPerSecond: 0, speed: 0, pacing: sleep, arrivals: {kind: constant, periodSeconds: 0, duty: 0}}\n");

        assertThat(plan.plan().load().arrivals()).isEqualTo(Cell.Arrivals.constant());
    }

    @Test
    void keys_of_a_file_are_set_aside_if_an_option_decides_otherwise() throws Exception {
        String yaml = "load:\n  kind: sweep\n  sweep: {objective: p99 <= 1 s}\n  measureSeconds: 1\n";
        Plan rate = Plan.EMPTY.with("load.kind", "open").with("load.rateOpsPerSecond", 500.0);

        CompletedPlan plan = plan(yaml, rate);

        assertThat(plan.plan().load().sweep()).isNull();
        assertThat(plan.described()).noneMatch(line -> line.contains("sweep"));
        assertThat(plan.described()).anyMatch(line -> line.matches("load.rateOpsPerSecond +500.0 +option"));
    }

    @Test
    void a_plan_for_a_group_can_be_run_on_the_bare_engine_by_an_option() throws Exception {
        String group = "cluster: {members: 5, transport: tcp, reads: lease}\nraft: {electionTimeoutMillis: 900}\n";
        Plan bare = Plan.EMPTY.with("cluster.target", TargetKind.ENGINE);

        ResolvedPlan plan = plan(group, bare).plan();

        assertThat(plan).isEqualTo(Profiles.resolve(null, null, bare));
        assertThat(PlanYaml.write(plan))
                .doesNotContain("members:", "transport:", " reads:", "raft:", "\n  rateOpsPerSecond:");
    }

    @Test
    void a_resolved_plan_of_every_kind_is_a_plan_that_gives_the_same() throws Exception {
        for (String yaml : List.of(
                "seed: 7\n",
                OPEN,
                "load: {kind: open, rateOpsPerSecond: 5, arrivals: {kind: bursts, periodSeconds: 1, duty: 0.5}, pacing: spin}\n",
                "load: {kind: sweep, sweep: {objective: p99 <= 1 s, maxSteps: 3}}\n",
                "load: {kind: sweep, sweep: {objective: p99 <= 1 s, firstRateOpsPerSecond: 500, maxSeconds: 20}}\n",
                "load: {kind: replay, speed: 3}\n",
                "load: {measureOperations: 100}\n",
                "load: {paced: {rateOpsPerSecond: 0}}\n",
                "load: {paced: {rateOpsPerSecond: 700, measureSeconds: 2}}\n",
                "trials: {blocks: 2, maxBlocks: 5, maxHalfWidth: 0.2}\n",
                "cluster: {target: engine}\n",
                "cluster: {target: state-machine}\n",
                REMOTE)) {
            ResolvedPlan plan = plan(yaml).plan();

            assertThat(plan(PlanYaml.write(plan)).plan()).as(yaml).isEqualTo(plan);
        }
    }

    /** Written by version 0.1 before such keys were refused: everything was written, whether it applied or not. */
    private static final String EARLIER = """
            profile: quick
            engines: [memory]
            cluster: {target: engine, members: 3, transport: tcp, durability: PROCESS_CRASH, reads: lease}
            raft:
              snapshot: {everyEntries: 5, everyBytes: 0, retain: 1}
              electionTimeoutMillis: 700
            load: {kind: closed, rateOpsPerSecond: 0.0, arrivals: {kind: constant, periodSeconds: 0.0, duty: 0.0}, speed: 0.0}
            trials: {blocks: 3, maxBlocks: 3, maxHalfWidth: 0.03}
            """;

    @Test
    void the_stored_plan_of_an_earlier_campaign_is_read_as_it_was() throws Exception {
        Files.writeString(folder.resolve("campaign.json"), "{}");

        ResolvedPlan plan = plan(EARLIER).plan();

        assertThat(plan.raft().snapshot().everyEntries())
                .as("part of what identifies its cells")
                .isEqualTo(5);
        assertThat(plan(EARLIER, Plan.EMPTY.with("trials.blocks", 2))
                        .plan()
                        .trials()
                        .blocks())
                .isEqualTo(2);
    }

    @Test
    void the_same_plan_written_by_hand_is_refused() {
        assertThatThrownBy(() -> plan(EARLIER)).hasMessageContaining("plan.yaml:3: cluster.members is '3'");
    }
}

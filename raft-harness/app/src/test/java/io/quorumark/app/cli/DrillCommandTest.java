package io.quorumark.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.results.drill.DrillEvidence;
import io.quorumark.results.drill.DrillFinding;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DrillCommandTest {
    @TempDir
    Path folder;

    @Test
    void every_drill_is_held_timed_and_stored() {
        Path out = folder.resolve("drills.json");
        CommandLineRun run = CommandLineRun.of(
                "drill",
                "--engines",
                "memory",
                "--rounds",
                "1",
                "--election-timeout",
                "3000",
                "--churn",
                "2",
                "--out",
                out.toString());
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        List<DrillFinding> findings = DrillEvidence.read(out).findings();
        assertThat(findings)
                .extracting(DrillFinding::drill)
                .containsExactly(
                        "election",
                        "failover",
                        "minority-write",
                        "heal",
                        "pre-vote",
                        "follower-restart",
                        "snapshot-catch-up",
                        "snapshot",
                        "undisturbed",
                        "log-cut",
                        "transfer",
                        "add-learner",
                        "add-voter",
                        "remove-voter",
                        "join-two",
                        "join-three",
                        "churn");
        assertThat(findings).allSatisfy(finding -> {
            assertThat(finding.millis()).hasSize(1).allMatch(millis -> millis > 0);
            assertThat(finding.problems()).isEmpty();
            assertThat(finding.failedWrites()).isLessThanOrEqualTo(0);
        });
        assertThat(run.out()).contains("failover: from cutting the leader off", "memory");
    }

    @Test
    void a_campaign_that_is_none_is_named() {
        CommandLineRun run = CommandLineRun.of("drill", "--into", folder.toString());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(folder.toString()).contains("holds no campaign.json");
        run = CommandLineRun.of("drill", "--engines", "memory", "--into", folder.toString());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(folder.toString()).contains("holds no campaign.json");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void rounds_are_bounded() {
        CommandLineRun run = CommandLineRun.of("drill", "--rounds", "0");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--rounds is 0, expected 1 to 1000");
        run = CommandLineRun.of("drill", "--churn", "0");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--churn is 0, expected 1 to 86400 s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-5", "0", "99", "600001", "2147483647"})
    void an_election_timeout_out_of_range_is_refused_before_anything_begins(String millis) {
        CommandLineRun run = CommandLineRun.of("drill", "--election-timeout", millis);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().strip())
                .isEqualTo("quorumark: --election-timeout is " + millis + ", expected 100 to 600000 ms");
    }
}

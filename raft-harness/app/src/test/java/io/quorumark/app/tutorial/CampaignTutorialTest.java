package io.quorumark.app.tutorial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.campaign.Campaigns;
import io.quorumark.campaign.plan.Plan;
import io.quorumark.campaign.support.UsageError;
import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.model.TargetKind;
import io.quorumark.results.store.ResultsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a campaign is run, resumed and analysed from code: what {@link Campaigns} and the README show. */
class CampaignTutorialTest {
    @TempDir
    Path parent;

    @Test
    void a_campaign_is_run_resumed_and_analysed_without_the_command_line() throws Exception {
        Path folder = parent.resolve("results");
        // example
        Plan plan = Plan.EMPTY
                .with("profile", "smoke")
                .with("engines", List.of("memory", "rocksdb"))
                .with("cluster.target", TargetKind.ENGINE);
        Analysis analysis = Campaigns.run(plan, folder);
        double opsPerSecond = analysis.stored().trials().get(0).throughputOpsPerSecond();
        // end of example
        assertThat(opsPerSecond).isPositive();
        assertThat(analysis.stored().isComplete()).isTrue();
        assertThat(Campaigns.read(folder).stored()).isEqualTo(analysis.stored());

        Path lost = analysis.stored()
                .folder()
                .trialJson(0, analysis.stored().trials().get(0).cellId());
        byte[] first = Files.readAllBytes(lost);
        assertThat(Campaigns.resume(folder).stored().trials())
                .isEqualTo(analysis.stored().trials());
        assertThat(lost).as("what was measured is not repeated").hasBinaryContent(first);
    }

    @Test
    void a_plan_that_cannot_be_run_is_refused_before_anything_is_written() {
        Path folder = parent.resolve("refused");
        Plan unknown = Plan.EMPTY.with("engines", List.of("rocksbd"));

        assertThatThrownBy(() -> Campaigns.run(unknown, folder))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining("unknown engine 'rocksbd'");
        assertThat(folder).doesNotExist();
        assertThatThrownBy(() -> Campaigns.read(folder)).isInstanceOf(ResultsException.class);
    }

    @Test
    void documents_show_what_is_tested() {
        String example = Example.testedBy(CampaignTutorialTest.class);

        assertThat(Example.ofClassComment("raft-harness/campaign/src/main/java/io/quorumark/campaign/Campaigns.java"))
                .isEqualTo(example);
        assertThat(Example.ofDocument("README.md")).contains(example);
    }

    @Test
    void every_example_in_java_of_the_readme_is_one_that_a_build_runs() {
        String kit = Example.read("engines/example/src/test/java/org/example/tiny/TinyConformanceTest.java");

        assertThat(Example.ofDocument("README.md"))
                .allSatisfy(example -> assertThat(List.of(
                                Example.testedBy(CampaignTutorialTest.class),
                                kit.substring(kit.indexOf("class ")).strip()))
                        .contains(example.replace("MyEngine", "Tiny")));
    }
}

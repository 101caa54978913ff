package io.quorumark.campaign.trial;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.campaign.engine.Engines;
import io.quorumark.campaign.support.HarnessException;
import io.quorumark.workload.catalog.WorkloadCatalog;
import org.junit.jupiter.api.Test;

class TrialRunnerTest {
    @Test
    void a_workload_that_is_another_than_when_the_campaign_began_is_not_run() {
        String identity = WorkloadCatalog.find("ycsb-a").identity();

        assertThatCode(() -> runner("ycsb-a", identity)).doesNotThrowAnyException();
        assertThatThrownBy(() -> runner("ycsb-b", identity))
                .isInstanceOf(HarnessException.class)
                .hasMessage("workload 'ycsb-b' has changed since the campaign began; restore it and go on with"
                        + " --resume, or begin another campaign");
    }

    private static TrialRunner runner(String workload, String identity) {
        return new TrialRunner(
                JudgementTest.spec(JudgementTest.CLOSED, workload, identity, ""), Engines.onClassPath(), output -> {});
    }
}

package io.quorumark.results.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.quorumark.results.analysis.LifecycleComparison.Compared;
import io.quorumark.results.analysis.LifecycleComparison.Duration;
import io.quorumark.results.metric.Metric;
import io.quorumark.results.model.Campaign;
import io.quorumark.results.model.LifecyclePhase;
import io.quorumark.results.model.Trial;
import io.quorumark.results.sample.SampleCampaign;
import io.quorumark.results.sample.SampleShape;
import io.quorumark.results.stats.Verdict;
import io.quorumark.results.stats.VerdictReach;
import io.quorumark.results.store.Edits;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LifecycleComparisonTest {
    private static final Map<String, Double> SECONDS = Map.of("rocksdb", 1.0, "lmdb", 0.5, "xodus", 2.0, "memory", 1.0);

    @Test
    void a_duration_is_compared_with_the_reference_of_the_same_block() {
        LifecycleComparison lifecycle = lifecycle(SampleShape.ADR);
        assertThat(compared(lifecycle, "lmdb").verdict()).isEqualTo(Verdict.BETTER);
        assertThat(compared(lifecycle, "lmdb").ratio().ratio().estimate()).isCloseTo(2, within(0.05));
        assertThat(compared(lifecycle, "xodus").verdict()).isEqualTo(Verdict.WORSE);
        assertThat(compared(lifecycle, "memory").verdict()).isEqualTo(Verdict.EQUIVALENT);
        assertThat(duration(lifecycle, "rocksdb").comparison()).isEmpty();
        assertThat(duration(lifecycle, "lmdb").seconds().estimate()).isBetween(0.4, 1.0);
    }

    @Test
    void p_values_are_adjusted_for_all_durations() {
        Compared compared = compared(lifecycle(SampleShape.ADR), "lmdb");
        assertThat(compared.holmPValue()).isGreaterThan(compared.ratio().pValue());
    }

    @Test
    void durations_whose_blocks_cannot_call_the_largest_difference_are_told_so() {
        Campaign.Design design = SampleCampaign.of(SampleShape.ADR).campaign().design();
        LifecycleComparison six = lifecycle(SampleShape.ADR.withSize(6, 1));
        assertThat(compared(six, "lmdb").verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(six.tooShortReach(design).map(VerdictReach::sentence).orElseThrow())
                .startsWith("With 6 blocks no difference can be called in any of 6 comparisons");
        assertThat(lifecycle(SampleShape.ADR).tooShortReach(design)).isEmpty();
    }

    @Test
    void a_campaign_that_is_too_small_calls_nothing() {
        assertThat(compared(lifecycle(SampleShape.QUICK), "lmdb").verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void what_is_not_offered_is_said_once() {
        assertThat(lifecycle(SampleShape.ADR).notOffered())
                .filteredOn(note -> note.cell().workload().equals("ycsb-a"))
                .extracting(note -> note.cell().engine(), LifecycleComparison.Note::sentence)
                .containsExactly(tuple("mapdb", "checkpoint: it has none"));
    }

    @Test
    void other_campaigns_have_no_lifecycle() {
        LifecycleComparison none = LifecycleComparison.of(
                Analysis.of(SampleCampaign.of(SampleShape.QUICK.withSize(2, 1)).unsaved()));
        assertThat(none.durations()).isEmpty();
        assertThat(none.notOffered()).isEmpty();
    }

    @Test
    void a_lifecycle_is_compared_by_a_duration_and_never_by_the_load_before_it() {
        SampleCampaign sample = SampleCampaign.of(SampleShape.ADR.withSize(10, 1));
        Analysis analysis = Analysis.of(sample.withTrials(trial -> withPhase(
                        trial, sample.campaign().cell(trial.cellId()).engine().equals("lmdb") ? 0.5 : 1.0))
                .unsaved());
        assertThat(analysis.comparisons())
                .isNotEmpty()
                .allSatisfy(each -> assertThat(each.judgedBy()).isEqualTo(Metric.CHECKPOINT));
        assertThat(analysis.comparisons())
                .filteredOn(each -> each.verdict() == Verdict.BETTER)
                .allSatisfy(
                        each -> assertThat(sample.campaign().cell(each.cellId()).engine())
                                .isEqualTo("lmdb"))
                .hasSize(2);
    }

    /** Blocks differ by much more than engines do, as machines drift; MapDB has no such phase. */
    private static LifecycleComparison lifecycle(SampleShape shape) {
        SampleCampaign sample = SampleCampaign.of(shape.withSize(shape.blocks(), 1));
        return LifecycleComparison.of(Analysis.of(sample.withTrials(trial -> {
                    String engine = sample.campaign().cell(trial.cellId()).engine();
                    Double seconds = SECONDS.get(engine);
                    return seconds == null
                            ? engine.equals("mapdb") ? withoutPhase(trial) : trial
                            : withPhase(
                                    trial, seconds * (1 + 0.1 * trial.block()) * (1 + 0.002 * (trial.position() % 5)));
                })
                .unsaved()));
    }

    private static Trial withPhase(Trial trial, double seconds) {
        return Edits.of(
                trial,
                tree -> tree.withArray("/phases")
                        .addObject()
                        .put("name", LifecyclePhase.CHECKPOINT.id())
                        .put("seconds", seconds));
    }

    private static Trial withoutPhase(Trial trial) {
        return Edits.of(
                trial,
                tree -> tree.withArray("/events")
                        .addObject()
                        .put("atSeconds", 0.0)
                        .put("kind", LifecyclePhase.NOT_OFFERED)
                        .put("detail", "checkpoint: it has none"));
    }

    private static Compared compared(LifecycleComparison lifecycle, String engine) {
        return duration(lifecycle, engine).comparison().orElseThrow();
    }

    private static Duration duration(LifecycleComparison lifecycle, String engine) {
        List<Duration> found = lifecycle.durations().stream()
                .filter(each -> each.cell().engine().equals(engine)
                        && each.cell().workload().equals("ycsb-a"))
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }
}

package io.quorumark.results.fairness;

import static io.quorumark.results.fairness.BrokenCampaigns.SAMPLE;
import static io.quorumark.results.fairness.BrokenCampaigns.VICTIM;
import static io.quorumark.results.fairness.BrokenCampaigns.expect;
import static io.quorumark.results.fairness.BrokenCampaigns.trial;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorumark.results.ExitCode;
import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.fairness.FairnessFinding.Severity;
import io.quorumark.results.model.Trial;
import io.quorumark.results.sample.SampleCampaign;
import io.quorumark.results.store.Edits;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Whether replicas hold what they should, and engines were given the same operations. Each test breaks one rule in a campaign that keeps
 * them all.
 */
class ContentRulesTest {
    @Test
    void a_replica_that_differs_is_incorrect() {
        expect(
                trial(tree -> tree.withObject("/verification/replicaDigests").put("2", "ffff")),
                "right-content",
                Severity.INCORRECT,
                "2 held wrong content");
    }

    @Test
    void replicas_that_agree_on_the_wrong_content_are_incorrect() {
        expect(
                trial(tree -> tree.withObject("/verification").put("expectedContentDigest", "ffff")),
                "right-content",
                Severity.INCORRECT,
                "1, 2, 3 held wrong content");
    }

    @Test
    void a_replica_that_was_not_looked_at_is_incorrect() {
        expect(
                trial(tree -> tree.withObject("/verification/replicaDigests").remove("3")),
                "right-content",
                Severity.INCORRECT,
                "only 2 of 3 replicas");
    }

    @Test
    void a_trial_without_verification_is_incorrect() {
        expect(
                trial(tree -> tree.putNull("verification")),
                "right-content",
                Severity.INCORRECT,
                "nothing was verified");
    }

    @Test
    void another_stream_at_the_longest_common_prefix_is_unfair() {
        expect(
                trial(tree -> tree.withObject("/verification/streamDigests").put("65536", "ffff")),
                "same-operations",
                Severity.UNFAIR,
                "other operations");
    }

    @Test
    void streams_are_compared_only_as_far_as_the_shorter_one_went() {
        SampleCampaign longer =
                trial(tree -> tree.withObject("/verification/streamDigests").put("1000000000", "ffff"));
        assertThat(Analysis.of(longer.unsaved()).exitCode()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void long_streams_that_differ_are_noticed_although_the_first_trial_was_short() {
        List<Trial> ofWorkload = SAMPLE.unsaved().trials().stream()
                .filter(trial -> workloadOf(trial).equals(workloadOf(VICTIM)))
                .toList();
        Trial first = ofWorkload.get(0);
        Trial last = ofWorkload.get(ofWorkload.size() - 1);
        SampleCampaign differing = SAMPLE.withTrials(trial -> {
            if (trial.equals(first)) {
                return Edits.of(trial, tree -> {
                    ObjectNode digests = tree.withObject("/verification/streamDigests");
                    digests.retain(List.of("1", "2", "4"));
                });
            }
            return trial.equals(last)
                    ? Edits.of(trial, tree -> {
                        ObjectNode digests = tree.withObject("/verification/streamDigests");
                        digests.fieldNames().forEachRemaining(length -> {
                            if (Long.parseLong(length) > 4) {
                                digests.put(length, "ffff");
                            }
                        });
                    })
                    : trial;
        });
        expect(differing, "same-operations", Severity.UNFAIR, "other operations");
        assertThat(Analysis.of(differing.unsaved()).findings()).hasSize(1);
    }

    @Test
    void streams_without_a_common_prefix_are_not_taken_for_the_same() {
        expect(
                trial(tree -> tree.withObject("/verification")
                        .putObject("streamDigests")
                        .put("3", "ffff")),
                "same-operations",
                Severity.UNFAIR,
                "other operations");
    }

    @Test
    void values_that_compress_otherwise_than_the_workload_wants_are_unfair() {
        expect(
                trial(tree -> tree.withObject("/verification").put("storedCompression", 0.05)),
                "compressible-values",
                Severity.UNFAIR,
                "deflate to 0.05 of their length, and the workload wants 0.50");
    }

    private static String workloadOf(Trial trial) {
        return SAMPLE.campaign().cell(trial.cellId()).workload();
    }
}

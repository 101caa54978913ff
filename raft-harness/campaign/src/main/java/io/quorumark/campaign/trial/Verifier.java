package io.quorumark.campaign.trial;

import io.quorumark.campaign.trial.Deployment.ReplicaContent;
import io.quorumark.results.model.Trial.Verification;
import io.quorumark.results.text.Plural;
import io.quorumark.workload.ContentModel;
import io.quorumark.workload.OperationStream;
import io.quorumark.workload.StreamTally;
import io.quorumark.workload.Unacknowledged;
import io.quorumark.workload.WorkloadSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Proves that the work was done: every replica holds exactly what a plain sorted map holds after the same stream. */
final class Verifier {
    private Verifier() {}

    /**
     * @param tally what the stream's operations after the load asked for
     * @param records that it left behind
     * @param contentBytes their keys and values
     */
    record Expected(StreamTally tally, long records, long contentBytes) {}

    /**
     * @param verification null if the replicas could not be read
     * @param expected null of an engine that keeps nothing, and if the replicas could not be read
     * @param problems sentences, empty if every replica is right
     */
    record Result(
            @Nullable Verification verification, @Nullable Expected expected, List<String> problems) {}

    /** @param unacknowledged operations of the stream that may be expected of no replica */
    static Result verify(
            TrialSpec spec,
            WorkloadSpec workload,
            OperationStream stream,
            Unacknowledged unacknowledged,
            Deployment deployment) {
        Map<String, String> streamDigests = new TreeMap<>();
        stream.digest().prefixes().forEach((length, digest) -> streamDigests.put(Long.toString(length), digest));
        long operations = stream.position();
        if (spec.cell().isHarnessCeiling()) {
            return new Result(
                    new Verification(
                            operations,
                            streamDigests,
                            "",
                            Map.of(),
                            0,
                            workload.values().compressionRatio(),
                            0),
                    null,
                    List.of());
        }
        ContentModel expected =
                ContentModel.replay(workload, spec.seed(), spec.cell().load().records(), operations, unacknowledged);
        Map<String, ReplicaContent> contents = deployment.contents();
        List<String> problems = new ArrayList<>();
        if (expected.isInDoubt()) {
            // whatever an operation without an answer did, it did the same on every replica
            String first = new TreeMap<>(contents).firstKey();
            for (String key : expected.settle(key -> deployment.value(first, key))) {
                problems.add(first + " holds under the key 0x" + key
                        + " what no operation left there: acknowledged writes are lost, added or changed");
            }
        }
        String expectedDigest = expected.digest();

        Map<String, String> replicaDigests = new TreeMap<>();
        contents.forEach((replica, content) -> {
            replicaDigests.put(replica, content.sha256());
            if (!content.sha256().equals(expectedDigest)) {
                problems.add(replica + " holds " + Plural.of(content.records(), "record") + " with digest "
                        + content.sha256().substring(0, 12) + ", expected " + expected.records() + " with "
                        + expectedDigest.substring(0, 12) + ": acknowledged writes are lost, added or changed");
            }
        });
        return new Result(
                new Verification(
                        operations,
                        streamDigests,
                        expectedDigest,
                        replicaDigests,
                        expected.records(),
                        workload.values().compressionRatio(),
                        expected.deflatedShare()),
                new Expected(expected.tally(), expected.records(), expected.contentBytes()),
                problems);
    }
}

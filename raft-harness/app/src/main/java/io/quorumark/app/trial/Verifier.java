package io.quorumark.app.trial;

import io.quorumark.results.model.Trial.Verification;
import io.quorumark.workload.ContentModel;
import io.quorumark.workload.OperationStream;
import io.quorumark.workload.StreamTally;
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
     * @param expected null of an engine that keeps nothing
     * @param problems sentences, empty where every replica is right
     */
    record Finding(Verification verification, @Nullable Expected expected, List<String> problems) {}

    static Finding verify(TrialSpec spec, WorkloadSpec workload, OperationStream stream, Deployment deployment) {
        Map<String, String> streamDigests = new TreeMap<>();
        stream.digest().prefixes().forEach((length, digest) -> streamDigests.put(Long.toString(length), digest));
        long operations = stream.position();
        if (spec.cell().isHarnessCeiling()) {
            return new Finding(
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
                ContentModel.replay(workload, spec.seed(), spec.cell().load().records(), operations);
        String expectedDigest = expected.digest();

        Map<String, String> replicaDigests = new TreeMap<>();
        List<String> problems = new ArrayList<>();
        deployment.contents().forEach((replica, content) -> {
            replicaDigests.put(replica, content.sha256());
            if (!content.sha256().equals(expectedDigest)) {
                problems.add(replica + " holds " + content.records() + " records with digest "
                        + content.sha256().substring(0, 12) + ", expected " + expected.records() + " with "
                        + expectedDigest.substring(0, 12) + ": acknowledged writes are lost, added or changed");
            }
        });
        return new Finding(
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

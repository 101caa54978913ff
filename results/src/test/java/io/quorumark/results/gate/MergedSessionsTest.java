package io.quorumark.results.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.results.ExitCode;
import io.quorumark.results.analysis.Analysis;
import io.quorumark.results.model.Trial;
import io.quorumark.results.sample.SampleCampaign;
import io.quorumark.results.sample.SampleShape;
import io.quorumark.results.store.CampaignReader;
import io.quorumark.results.store.ResultsException;
import io.quorumark.results.store.StoredCampaign;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergedSessionsTest {
    private static final SampleShape SHAPE = SampleShape.ADR.withSize(6, 1);

    @TempDir
    Path folder;

    private Path written(String name, SampleShape shape) throws Exception {
        Path target = folder.resolve(name);
        SampleCampaign.of(shape).writeTo(target);
        return target;
    }

    @Test
    void sessions_follow_each_other_as_blocks_of_one_campaign() throws Exception {
        Path session = written("session", SHAPE);
        MergedSessions.write(List.of(session, session), folder.resolve("merged"));

        StoredCampaign one = CampaignReader.read(session);
        StoredCampaign merged = CampaignReader.read(folder.resolve("merged"));
        assertThat(merged.isComplete()).isTrue();
        assertThat(merged.campaign().blockOrder()).hasSize(12);
        assertThat(merged.trials()).hasSize(2 * one.trials().size());
        assertThat(merged.trials()).extracting(Trial::block).contains(0, 5, 6, 11);
        assertThat(Analysis.of(merged).exitCode()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void sessions_of_other_operations_are_refused() throws Exception {
        List<Path> sessions = List.of(written("one", SHAPE), written("two", SHAPE.withSeed(7)));
        assertThatThrownBy(() -> MergedSessions.write(sessions, folder.resolve("merged")))
                .isInstanceOf(ResultsException.class)
                .hasMessageContaining("differs from")
                .hasMessageContaining("measure both again");
    }
}

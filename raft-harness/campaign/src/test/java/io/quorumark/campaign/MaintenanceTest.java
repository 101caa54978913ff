package io.quorumark.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.engine.Maintenance;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What engines state of their maintenance and what decisions ask of it are the same words in the same order. */
class MaintenanceTest {
    @Test
    void engines_and_decisions_have_the_same_words() {
        assertThat(Arrays.stream(Maintenance.values()).map(Maintenance::id))
                .containsExactlyElementsOf(Arrays.stream(io.quorumark.results.decision.Maintenance.values())
                        .map(io.quorumark.results.decision.Maintenance::id)
                        .toList());
    }
}

package io.quorumark.workload.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.workload.driver.SlowestOperations.Slow;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SlowestRecorderTest {
    private final SlowestRecorder recorder = new SlowestRecorder();

    private List<Slow> slowest() {
        return recorder.slowest(1_000_000, 50, List.of("read", "update")).operations();
    }

    @Test
    void of_operations_that_overlap_the_slowest_stands_for_all() {
        recorder.add(100, 110, 0);
        recorder.add(105, 145, 1);
        recorder.add(120, 150, 0);
        recorder.add(200, 220, 0);
        assertThat(slowest()).containsExactly(new Slow(1_000_105, 40, "update", 2), new Slow(1_000_200, 20, "read", 0));
        assertThat(recorder.slowest(1_000_000, 50, List.of("read", "update")).windowStartNanos())
                .isEqualTo(1_000_050);
    }

    @Test
    void ten_are_kept_the_longest_of_all() {
        Random random = new Random(3);
        for (int i = 0; i < 10_000; i++) {
            recorder.add(1_000L * i, 1_000L * i + 1 + random.nextInt(100), 0);
        }
        for (int i = 0; i < 12; i++) {
            recorder.add(20_000_000 + 1_000L * i, 20_000_000 + 1_000L * i + 500 + i, 0);
        }
        assertThat(slowest())
                .extracting(Slow::lengthNanos)
                .containsExactly(511L, 510L, 509L, 508L, 507L, 506L, 505L, 504L, 503L, 502L);
    }

    @Test
    void one_that_spans_others_takes_their_places() {
        for (int i = 0; i < 10; i++) {
            recorder.add(100L * i, 100L * i + 50, 0);
        }
        recorder.add(0, 1_000, 1);
        assertThat(slowest()).containsExactly(new Slow(1_000_000, 1_000, "update", 10));
        recorder.add(2_000, 2_001, 0);
        assertThat(slowest()).hasSize(2);
    }
}

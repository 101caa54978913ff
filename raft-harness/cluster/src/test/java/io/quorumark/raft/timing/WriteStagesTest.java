package io.quorumark.raft.timing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class WriteStagesTest {
    private static final long TIMED = 2L * WriteStages.EVERY;
    private static final double RELATIVE_ERROR = 0.01;

    private final WriteStages stages = new WriteStages();

    @Test
    void stages_end_where_the_next_begin() {
        stages.encoded(TIMED - 5, TIMED + 5, 11_000, 13_000);
        stages.committed(TIMED - 5, TIMED + 5, 19_000);
        stages.answered(TIMED, 1_000, 50_000, 80_000, 81_000);
        assertThat(onlyTimes())
                .containsEntry(Stage.QUEUE, 10_000L)
                .containsEntry(Stage.LOG_APPEND, 2_000L)
                .containsEntry(Stage.LOG_SYNC, 6_000L)
                .containsEntry(Stage.REPLICATE, 31_000L)
                .containsEntry(Stage.APPLY, 30_000L)
                .containsEntry(Stage.REPLY, 1_000L);
    }

    @Test
    void a_majority_that_is_faster_than_the_leaders_own_log_leaves_nothing_to_replicate() {
        stages.encoded(TIMED, TIMED, 11_000, 13_000);
        stages.answered(TIMED, 1_000, 50_000, 80_000, 81_000);
        assertThat(onlyTimes()).containsEntry(Stage.LOG_SYNC, 37_000L).containsEntry(Stage.REPLICATE, 0L);
    }

    @Test
    void an_entry_that_the_log_has_not_taken_was_queued() {
        stages.answered(TIMED, 1_000, 50_000, 80_000, 81_000);
        assertThat(onlyTimes()).containsEntry(Stage.QUEUE, 49_000L).containsEntry(Stage.LOG_SYNC, 0L);
    }

    @Test
    void the_stamps_of_an_older_entry_are_not_taken_for_a_newer_ones() {
        stages.encoded(TIMED, TIMED, 11_000, 13_000);
        stages.committed(TIMED, TIMED, 19_000);
        long sameSlot = TIMED + (1L << 13) * WriteStages.EVERY;
        stages.answered(sameSlot, 1_000, 50_000, 80_000, 81_000);
        assertThat(onlyTimes()).containsEntry(Stage.QUEUE, 49_000L);
    }

    @Test
    void an_entry_that_is_appended_again_forgets_its_first_commit() {
        stages.encoded(TIMED, TIMED, 11_000, 13_000);
        stages.committed(TIMED, TIMED, 19_000);
        stages.encoded(TIMED, TIMED, 41_000, 43_000);
        stages.answered(TIMED, 40_000, 50_000, 80_000, 81_000);
        assertThat(onlyTimes()).containsEntry(Stage.LOG_SYNC, 7_000L);
    }

    @Test
    void what_was_taken_is_not_given_again() {
        stages.answered(TIMED, 1_000, 50_000, 80_000, 81_000);
        stages.take();
        assertThat(stages.take().nanos().values()).allMatch(histogram -> histogram.getTotalCount() == 0);
    }

    @Test
    void one_in_sixty_one_is_timed() {
        assertThat(WriteStages.isTimed(0)).isTrue();
        assertThat(WriteStages.isTimed(60)).isFalse();
        assertThat(WriteStages.isTimed(61)).isTrue();
    }

    @Test
    void times_travel_and_add_up() {
        stages.answered(TIMED, 1_000, 50_000, 80_000, 81_000);
        StageTimes taken = stages.take();
        StageTimes twice = StageTimes.sum(List.of(StageTimes.decode(taken.encode()), taken, StageTimes.none()));
        assertThat(twice.count()).isEqualTo(2);
        assertThat(twice.of(Stage.APPLY).getMean()).isCloseTo(30_000, withinPercentage(1));
        assertThat(StageTimes.decode(StageTimes.none().encode())).isEqualTo(StageTimes.none());
    }

    @Test
    void bytes_that_are_no_times_are_refused() {
        byte[] cut = Arrays.copyOf(stages.take().encode(), 11);
        assertThatThrownBy(() -> StageTimes.decode(cut))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("11 bytes");
    }

    /** The one value of each stage, rounded to what the histograms resolve. */
    private Map<Stage, Long> onlyTimes() {
        Map<Stage, Long> times = new EnumMap<>(Stage.class);
        stages.take().nanos().forEach((stage, histogram) -> times.put(stage, onlyValue(histogram)));
        return times;
    }

    private static long onlyValue(Histogram histogram) {
        assertThat(histogram.getTotalCount()).isEqualTo(1);
        double value = histogram.getMean();
        long thousands = Math.round(value / 1000) * 1000;
        assertThat(value).isBetween(thousands * (1 - RELATIVE_ERROR), thousands * (1 + RELATIVE_ERROR));
        return thousands;
    }
}

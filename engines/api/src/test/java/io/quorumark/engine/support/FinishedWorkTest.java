package io.quorumark.engine.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.engine.BackgroundWork;
import org.junit.jupiter.api.Test;

class FinishedWorkTest {
    private final FinishedWork work = new FinishedWork();

    @Test
    void work_is_taken_once_in_the_order_of_its_ends() {
        long startNanos = System.nanoTime();
        work.ended(BackgroundWork.Kind.FLUSH, startNanos);
        work.ended(BackgroundWork.Kind.COMPACTION, startNanos);
        assertThat(work.take())
                .extracting(BackgroundWork::kind)
                .containsExactly(BackgroundWork.Kind.FLUSH, BackgroundWork.Kind.COMPACTION);
        assertThat(work.take()).isEmpty();
    }

    @Test
    void the_oldest_is_forgotten_if_nobody_takes_it() {
        for (long i = 0; i <= FinishedWork.MOST; i++) {
            work.add(new BackgroundWork(BackgroundWork.Kind.FLUSH, i, i));
        }
        assertThat(work.take())
                .hasSize(FinishedWork.MOST)
                .extracting(BackgroundWork::startNanos)
                .startsWith(1L)
                .endsWith((long) FinishedWork.MOST);
    }

    @Test
    void work_does_not_end_before_it_begins() {
        assertThatThrownBy(() -> new BackgroundWork(BackgroundWork.Kind.COMPACTION, 10, 9))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("COMPACTION ends 1 ns before it begins, expected an end after its start");
        // the clock of the JVM may pass the largest number
        assertThat(new BackgroundWork(BackgroundWork.Kind.COMPACTION, Long.MAX_VALUE, Long.MIN_VALUE).endNanos())
                .isEqualTo(Long.MIN_VALUE);
    }
}

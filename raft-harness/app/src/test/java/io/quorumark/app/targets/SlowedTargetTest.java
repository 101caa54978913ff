package io.quorumark.app.targets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.quorumark.workload.Completion;
import io.quorumark.workload.Operation;
import io.quorumark.workload.Outcome;
import io.quorumark.workload.Target;
import io.quorumark.workload.driver.NanoClock;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SlowedTargetTest {
    private static final long OPERATION_NANOS = 10_000;

    private final AtomicLong clock = new AtomicLong(123);
    private final Target plain = new Target() {
        @Override
        public void submit(Operation operation, Completion completion) {
            clock.addAndGet(OPERATION_NANOS);
            completion.complete(Outcome.OK);
        }

        @Override
        public void close() {}
    };

    private final NanoClock handTurned = new NanoClock() {
        @Override
        public long nanoTime() {
            return clock.get();
        }

        @Override
        public void parkUntil(long deadlineNanos) {
            clock.set(deadlineNanos);
        }
    };

    @Test
    void a_tenth_of_every_second_goes_by_without_an_operation() {
        assertThat(operationsIn(5, slowed(0.1))).isCloseTo(operationsIn(5, plain) * 9 / 10, within(10L));
        assertThat(operationsIn(5, slowed(0.5))).isCloseTo(operationsIn(5, plain) / 2, within(10L));
    }

    @Test
    void nothing_is_slowed_unless_asked_for() {
        assertThat(System.getProperty(SlowedTarget.PROPERTY)).isNull();
        assertThat(SlowedTarget.asAskedFor(plain, 0, NanoClock.system())).isSameAs(plain);
        assertThat(SlowedTarget.asAskedFor(plain, 0.1, NanoClock.system())).isInstanceOf(SlowedTarget.class);
    }

    @Test
    void what_is_no_share_is_refused() {
        for (double share : new double[] {0, 1, -0.1, Double.NaN}) {
            assertThatThrownBy(() -> slowed(share)).hasMessageContaining(SlowedTarget.PROPERTY);
        }
    }

    private SlowedTarget slowed(double share) {
        return new SlowedTarget(plain, share, handTurned);
    }

    private long operationsIn(int seconds, Target target) {
        long end = clock.get() + seconds * 1_000_000_000L;
        long operations = 0;
        Operation operation = new Operation();
        while (clock.get() < end) {
            target.submit(operation, (outcome) -> {});
            operations++;
        }
        return operations;
    }
}

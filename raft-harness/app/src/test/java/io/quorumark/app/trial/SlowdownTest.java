package io.quorumark.app.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.workload.driver.NanoClock;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SlowdownTest {
    private static final long GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    @AfterEach
    void clear() {
        System.clearProperty(Slowdown.PROPERTY);
    }

    /** This JVM is really stopped: a thread that only looks at the clock sees gaps of about the share together, and more where the machine adds its own. */
    @Test
    void this_process_stands_still_for_the_share_of_the_time() throws Exception {
        try (Slowdown slowdown = Slowdown.ofThisProcess(0.3, NanoClock.system())) {
            slowdown.start();
            long began = System.nanoTime();
            long last = began;
            long standing = 0;
            while (last - began < TimeUnit.SECONDS.toNanos(2)) {
                long now = System.nanoTime();
                standing += now - last >= GAP_NANOS ? now - last : 0;
                last = now;
            }
            assertThat(slowdown.finish()).isBetween(0.25, 0.35);
            assertThat((double) standing / (last - began)).isGreaterThan(0.25);
        }
    }

    @Test
    void the_cells_share_and_the_jvms_add_up() throws Exception {
        assertThat(Slowdown.asAskedFor(0, NanoClock.system())).isEmpty();
        System.setProperty(Slowdown.PROPERTY, "0.1");
        try (Slowdown slowdown = Slowdown.asAskedFor(0.2, NanoClock.system()).orElseThrow()) {
            assertThat(slowdown.share()).isEqualTo(1 - 0.9 * 0.8);
        }
        for (String share : new String[] {"0", "1", "-0.5", "NaN"}) {
            System.setProperty(Slowdown.PROPERTY, share);
            assertThatThrownBy(() -> Slowdown.asAskedFor(0, NanoClock.system()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("(quorumark.injectedSlowdown) is " + Double.parseDouble(share));
        }
    }
}

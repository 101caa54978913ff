package io.quorumark.jmh.raw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PieceProgressTest {
    @Test
    void every_piece_is_named_with_the_time_that_the_rest_will_take() {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        AtomicLong now = new AtomicLong(42);
        PieceProgress progress = new PieceProgress(4, new PrintStream(written, true, StandardCharsets.UTF_8), now::get);
        for (String piece : new String[] {"badger get", "badger next", "redb get", "redb next"}) {
            progress.begins(piece);
            now.addAndGet(TimeUnit.SECONDS.toNanos(30));
        }
        assertThat(written.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "1 of 4: badger get",
                        "2 of 4: badger next, 1 min 30 s left",
                        "3 of 4: redb get, 1 min 00 s left",
                        "4 of 4: redb next, 30 s left");
    }
}

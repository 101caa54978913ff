package io.quorumark.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.engine.Limits;
import org.junit.jupiter.api.Test;

/** How much one request is answered with. */
class RecordsTest {
    @Test
    void a_reply_has_an_eighth_of_the_heap_at_most() {
        assertThat(Records.mostReplyBytes(64L << 20)).isEqualTo(8L << 20);
        assertThat(Records.mostReplyBytes(512L << 20)).isEqualTo(64L << 20);
        assertThat(Records.mostReplyBytes(Long.MAX_VALUE)).isEqualTo(64L << 20);
        assertThat(Records.mostReplyBytes(16L << 20)).isEqualTo(Limits.PORTABLE_MAX_VALUE_BYTES);
    }
}

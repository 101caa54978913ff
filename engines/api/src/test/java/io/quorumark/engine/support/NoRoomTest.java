package io.quorumark.engine.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoRoomTest {
    @ParameterizedTest
    @ValueSource(strings = {"No space left on device", "/data/store.mv: Disk quota exceeded", "File too large"})
    void a_full_device_a_used_up_quota_and_a_bounded_file_are_told_wherever_they_stand_among_the_causes(String said) {
        assertThat(NoRoom.isBehind(new IOException(said))).isTrue();
        assertThat(NoRoom.isBehind(new IllegalStateException("store", new UncheckedIOException(new IOException(said)))))
                .isTrue();
    }

    @Test
    void a_broken_device_is_none_of_them() {
        assertThat(NoRoom.isBehind(new IOException("Input/output error"))).isFalse();
        assertThat(NoRoom.isBehind(new IOException())).isFalse();
    }
}

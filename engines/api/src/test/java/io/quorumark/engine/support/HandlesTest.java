package io.quorumark.engine.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HandlesTest {
    private final Handles handles = new Handles("engine test at /data");

    @Test
    void closing_with_open_children_is_refused_and_names_them() {
        AutoCloseable first = handles.add(() -> {}, "session");
        AutoCloseable second = handles.add(() -> {}, "session");
        assertThatThrownBy(handles::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("engine test at /data")
                .hasMessageContaining("session=2");
        assertThat(handles.isClosed()).isFalse();

        handles.remove(first);
        handles.remove(second);
        assertThat(handles.close()).isTrue();
    }

    @Test
    void a_second_close_does_nothing() {
        assertThat(handles.close()).isTrue();
        assertThat(handles.close()).isFalse();
    }

    @Test
    void nothing_opens_on_a_closed_parent() {
        handles.close();
        assertThatThrownBy(() -> handles.add(() -> {}, "cursor"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is closed");
    }
}

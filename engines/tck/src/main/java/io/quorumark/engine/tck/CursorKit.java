package io.quorumark.engine.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.engine.Cursor;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Session;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Order, and how cursors move. */
abstract class CursorKit extends Kit {
    @Test
    void keys_are_in_the_order_of_unsigned_bytes() {
        try (KVEngine engine = open();
                Session session = engine.openSession()) {
            for (String key : List.of("\u0080", "a", "\u007f", "\u00ff", "\u0001", "aa", "\u00ff\u0001")) {
                session.put(ONE, Bytes.of(key), Bytes.of(""), weakest());
            }
            assertThat(Bytes.forwards(session, ONE))
                    .containsExactly("\u0001=", "a=", "aa=", "\u007f=", "\u0080=", "\u00ff=", "\u00ff\u0001=");
        }
    }

    @Test
    void a_cursor_on_no_entry_says_so_and_an_absolute_move_revives_it() {
        try (KVEngine engine = open();
                Session session = engine.openSession()) {
            session.put(ONE, Bytes.of("b"), Bytes.of("1"), weakest());
            try (Cursor cursor = session.openCursor(ONE)) {
                assertThatThrownBy(cursor::key).isInstanceOf(IllegalStateException.class);
                assertThat(cursor.seekCeiling(Bytes.of("c"))).isFalse();
                assertThatThrownBy(cursor::value).isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(cursor::next).isInstanceOf(IllegalStateException.class);
                assertThat(cursor.seekFloor(Bytes.of("c"))).isTrue();
                assertThat(Bytes.text(cursor.key())).isEqualTo("b");
                assertThat(cursor.next()).isFalse();
                assertThatThrownBy(cursor::prev).isInstanceOf(IllegalStateException.class);
                assertThat(cursor.last()).isTrue();
                assertThat(cursor.prev()).isFalse();
            }
        }
    }

    @Test
    void a_walk_goes_on_where_a_key_was_deleted_under_it() {
        try (KVEngine engine = open();
                Session session = engine.openSession()) {
            for (String key : List.of("a", "b", "c", "d")) {
                session.put(ONE, Bytes.of(key), Bytes.of("1"), weakest());
            }
            session.delete(ONE, Bytes.of("b"), weakest());
            try (Cursor cursor = session.openCursor(ONE)) {
                assertThat(cursor.first()).isTrue();
                assertThat(cursor.next()).isTrue();
                assertThat(Bytes.text(cursor.key())).isEqualTo("c");
                assertThat(cursor.next()).isTrue();
                assertThat(Bytes.text(cursor.key())).isEqualTo("d");
                assertThat(cursor.prev()).isTrue();
                assertThat(Bytes.text(cursor.key())).isEqualTo("c");
                assertThat(cursor.prev()).isTrue();
                assertThat(Bytes.text(cursor.key())).isEqualTo("a");
                assertThat(cursor.prev()).isFalse();
            }
        }
    }

    @Test
    void a_seek_finds_the_neighbour_on_the_right_side() {
        try (KVEngine engine = open();
                Session session = engine.openSession();
                Cursor empty = session.openCursor(ONE)) {
            assertThat(empty.first()).isFalse();
            assertThat(empty.last()).isFalse();
            for (String key : List.of("b", "d", "f")) {
                session.put(ONE, Bytes.of(key), Bytes.of(key.toUpperCase(Locale.ROOT)), weakest());
            }
            try (Cursor cursor = session.openCursor(ONE)) {
                assertThat(cursor.seekCeiling(Bytes.of("c"))).isTrue();
                assertThat(Bytes.text(cursor.key())).isEqualTo("d");
                assertThat(Bytes.text(cursor.value())).isEqualTo("D");
                assertThat(cursor.seekFloor(Bytes.of("c"))).isTrue();
                assertThat(Bytes.text(cursor.key())).isEqualTo("b");
                assertThat(cursor.seekCeiling(Bytes.of("d"))).isTrue();
                assertThat(Bytes.text(cursor.key())).isEqualTo("d");
                assertThat(cursor.seekFloor(Bytes.of("d"))).isTrue();
                assertThat(Bytes.text(cursor.key())).isEqualTo("d");
                assertThat(cursor.seekCeiling(Bytes.of("g"))).isFalse();
                assertThat(cursor.seekFloor(Bytes.of("a"))).isFalse();
            }
        }
    }
}

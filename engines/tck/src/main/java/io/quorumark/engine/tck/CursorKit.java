package io.quorumark.engine.tck;

import static org.assertj.core.api.Assertions.assertThat;

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
            Expect.records(session, ONE)
                    .containsExactly("\u0001=", "a=", "aa=", "\u007f=", "\u0080=", "\u00ff=", "\u00ff\u0001=");
        }
    }

    @Test
    void a_cursor_on_no_entry_says_so_and_an_absolute_move_revives_it() {
        try (KVEngine engine = open();
                Session session = engine.openSession()) {
            session.put(ONE, Bytes.of("b"), Bytes.of("1"), weakest());
            try (Cursor cursor = session.openCursor(ONE)) {
                Expect.offEntry("a new cursor, key()", cursor::key);
                Expect.noEntry("seekCeiling('c') over 'b'", cursor.seekCeiling(Bytes.of("c")));
                Expect.offEntry("after seekCeiling('c') found nothing, value()", cursor::value);
                Expect.offEntry("after seekCeiling('c') found nothing, next()", cursor::next);
                Expect.entry("seekFloor('c') over 'b'", cursor.seekFloor(Bytes.of("c")), cursor, "b");
                Expect.noEntry("next() from 'b', the only key", cursor.next());
                Expect.offEntry("after next() left the last key, prev()", cursor::prev);
                Expect.entry("last() over 'b'", cursor.last(), cursor, "b");
                Expect.noEntry("prev() from 'b', the only key", cursor.prev());
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
                Expect.entry("first() over 'a', 'c', 'd'", cursor.first(), cursor, "a");
                Expect.entry("next() from 'a' over the deleted 'b'", cursor.next(), cursor, "c");
                Expect.entry("next() from 'c'", cursor.next(), cursor, "d");
                Expect.entry("prev() from 'd'", cursor.prev(), cursor, "c");
                Expect.entry("prev() from 'c' over the deleted 'b'", cursor.prev(), cursor, "a");
                Expect.noEntry("prev() from 'a', the first key", cursor.prev());
            }
        }
    }

    @Test
    void a_seek_finds_the_neighbour_on_the_right_side() {
        try (KVEngine engine = open();
                Session session = engine.openSession();
                Cursor empty = session.openCursor(ONE)) {
            Expect.noEntry("first() of an empty keyspace", empty.first());
            Expect.noEntry("last() of an empty keyspace", empty.last());
            for (String key : List.of("b", "d", "f")) {
                session.put(ONE, Bytes.of(key), Bytes.of(key.toUpperCase(Locale.ROOT)), weakest());
            }
            try (Cursor cursor = session.openCursor(ONE)) {
                String over = " over 'b', 'd', 'f'";
                Expect.entry("seekCeiling('c')" + over, cursor.seekCeiling(Bytes.of("c")), cursor, "d");
                assertThat(Bytes.text(cursor.value())).as("value() at 'd'").isEqualTo("D");
                Expect.entry("seekFloor('c')" + over, cursor.seekFloor(Bytes.of("c")), cursor, "b");
                Expect.entry("seekCeiling('d')" + over, cursor.seekCeiling(Bytes.of("d")), cursor, "d");
                Expect.entry("seekFloor('d')" + over, cursor.seekFloor(Bytes.of("d")), cursor, "d");
                Expect.noEntry("seekCeiling('g')" + over, cursor.seekCeiling(Bytes.of("g")));
                Expect.noEntry("seekFloor('a')" + over, cursor.seekFloor(Bytes.of("a")));
            }
        }
    }
}

package io.quorumark.engine.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.engine.EngineException;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Limits;
import io.quorumark.engine.Session;
import io.quorumark.engine.WriteBatch;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** One record at a time. */
abstract class PointOperationsKit extends Kit {
    @Test
    void a_value_is_read_back_overwritten_and_deleted() {
        try (KVEngine engine = open();
                Session session = engine.openSession()) {
            Expect.value(session, ONE, "k").isNull();
            session.put(ONE, Bytes.of("k"), Bytes.of("v1"), weakest());
            Expect.value(session, ONE, "k").isEqualTo("v1");
            Expect.value(session, TWO, "k").isNull();
            session.put(ONE, Bytes.of("k"), Bytes.of("longer value"), weakest());
            Expect.value(session, ONE, "k").isEqualTo("longer value");
            session.delete(ONE, Bytes.of("k"), weakest());
            session.delete(ONE, Bytes.of("never there"), weakest());
            Expect.value(session, ONE, "k").isNull();
        }
    }

    @Test
    void heap_and_direct_buffers_are_taken_and_left_as_they_are() {
        try (KVEngine engine = open();
                Session session = engine.openSession()) {
            for (ByteBuffer key : List.of(Bytes.of("..key.."), Bytes.direct("..key.."))) {
                for (ByteBuffer value : List.of(Bytes.of("[value]"), Bytes.direct("[value]"))) {
                    key.position(2).limit(5);
                    value.position(1).limit(6);
                    session.put(ONE, key, value, weakest());
                    assertThat(key.position())
                            .as("position of the caller's key after the call")
                            .isEqualTo(2);
                    assertThat(key.limit())
                            .as("limit of the caller's key after the call")
                            .isEqualTo(5);
                    assertThat(value.position())
                            .as("position of the caller's value after put")
                            .isEqualTo(1);
                    assertThat(value.limit())
                            .as("limit of the caller's value after put")
                            .isEqualTo(6);
                    for (ByteBuffer target : List.of(ByteBuffer.allocate(16), ByteBuffer.allocateDirect(16))) {
                        target.position(3);
                        assertThat(session.get(ONE, key, target))
                                .as("length that get of one/'key' returns")
                                .isEqualTo(5);
                        assertThat(target.position())
                                .as("position of the target after get of 5 bytes at 3")
                                .isEqualTo(8);
                        assertThat(Bytes.text(target.flip().position(3)))
                                .as("value in the target, of one/'key'")
                                .isEqualTo("value");
                        assertThat(key.position())
                                .as("position of the caller's key after the call")
                                .isEqualTo(2);
                    }
                }
            }
            Expect.records(session, ONE).containsExactly("key=value");
        }
    }

    @Test
    void a_target_that_is_too_small_is_left_untouched_and_the_length_is_told() {
        try (KVEngine engine = open();
                Session session = engine.openSession()) {
            session.put(ONE, Bytes.of("k"), Bytes.of("0123456789"), weakest());
            ByteBuffer target = ByteBuffer.allocate(9);
            assertThat(session.get(ONE, Bytes.of("k"), target))
                    .as("length that get of one/'k' returns for a target with room for 9 bytes")
                    .isEqualTo(10);
            assertThat(target.position())
                    .as("position of a target that was too small")
                    .isZero();
            assertThat(target.array())
                    .as("bytes of a target that was too small")
                    .containsOnly(0);
        }
    }

    @Test
    void the_portable_sizes_are_taken_and_larger_ones_than_the_limits_refused() {
        Limits limits = provider().capabilities().limits();
        try (KVEngine engine = open();
                Session session = engine.openSession()) {
            ByteBuffer longKey = Bytes.repeated(0xfe, Limits.PORTABLE_MAX_KEY_BYTES);
            ByteBuffer longValue = Bytes.repeated(7, Limits.PORTABLE_MAX_VALUE_BYTES);
            session.put(ONE, longKey, longValue, weakest());
            ByteBuffer target = ByteBuffer.allocate(Limits.PORTABLE_MAX_VALUE_BYTES);
            assertThat(session.get(ONE, longKey, target))
                    .as("length that get of a key of %s bytes returns", Limits.PORTABLE_MAX_KEY_BYTES)
                    .isEqualTo(Limits.PORTABLE_MAX_VALUE_BYTES);
            assertThat(target.flip())
                    .as("value of %s bytes", Limits.PORTABLE_MAX_VALUE_BYTES)
                    .isEqualTo(longValue);
            session.put(ONE, Bytes.of("empty"), Bytes.of(""), weakest());
            Expect.value(session, ONE, "empty").isEmpty();

            if (limits.maxKeyBytes() < 1 << 20) {
                assertThatThrownBy(
                                () -> session.put(
                                        ONE, Bytes.repeated(1, limits.maxKeyBytes() + 1), Bytes.of("v"), weakest()),
                                "put of a key of %s bytes, one more than the limit",
                                limits.maxKeyBytes() + 1)
                        .isInstanceOf(EngineException.LimitExceeded.class);
            }
            if (limits.minKeyBytes() > 0) {
                assertThatThrownBy(
                                () -> session.put(ONE, Bytes.of(""), Bytes.of("v"), weakest()),
                                "put of an empty key although minKeyBytes is 1")
                        .isInstanceOf(EngineException.LimitExceeded.class);
            } else {
                session.put(ONE, Bytes.of(""), Bytes.of("nameless"), weakest());
                Expect.value(session, ONE, "").isEqualTo("nameless");
            }
        }
    }

    @Test
    void a_write_shows_at_once_to_every_session() {
        try (KVEngine engine = open();
                Session writer = engine.openSession();
                Session reader = engine.openSession()) {
            for (int i = 0; i < 50; i++) {
                writer.put(ONE, Bytes.of("k"), Bytes.of("v" + i), weakest());
                Expect.value(reader, ONE, "k").isEqualTo("v" + i);
            }
        }
    }

    @Test
    void a_keyspace_of_another_engine_is_refused() {
        List<Keyspace> others = Keyspace.listOf("one", "two", "three");
        List<Keyspace> renamed = Keyspace.listOf("uno", "due");
        try (KVEngine engine = open();
                Session session = engine.openSession();
                WriteBatch batch = session.newBatch()) {
            for (Keyspace foreign : List.of(others.get(2), renamed.get(0))) {
                assertThatThrownBy(
                                () -> session.put(foreign, Bytes.of("k"), Bytes.of("v"), weakest()),
                                "put into %s, which is of another engine",
                                foreign)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining(foreign.name());
                assertThatThrownBy(
                                () -> session.get(foreign, Bytes.of("k"), ByteBuffer.allocate(1)),
                                "get from %s, which is of another engine",
                                foreign)
                        .isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(
                                () -> session.openCursor(foreign),
                                "openCursor on %s, which is of another engine",
                                foreign)
                        .isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(
                                () -> batch.put(foreign, Bytes.of("k"), Bytes.of("v")),
                                "put of a batch into %s, which is of another engine",
                                foreign)
                        .isInstanceOf(IllegalArgumentException.class);
            }
            Expect.records(session, ONE).isEmpty();
        }
    }

    @Test
    void long_values_come_back_byte_for_byte() {
        try (KVEngine engine = open();
                Session session = engine.openSession()) {
            for (int length : new int[] {1, 2, 127, 128, 255, 256, 1000, 4095, 4096, 4097, 65_535, 65_536, 1 << 20}) {
                byte[] value = new byte[length];
                new Random(length).nextBytes(value);
                session.put(ONE, Bytes.of("k" + length), ByteBuffer.wrap(value), weakest());
                ByteBuffer target = ByteBuffer.allocate(length);
                assertThat(session.get(ONE, Bytes.of("k" + length), target))
                        .as("length that get returns for a value of %s bytes", length)
                        .isEqualTo(length);
                assertThat(target.array()).as("value of %s bytes", length).isEqualTo(value);
            }
        }
    }
}

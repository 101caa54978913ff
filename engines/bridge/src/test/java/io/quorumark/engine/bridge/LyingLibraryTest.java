package io.quorumark.engine.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.quorumark.engine.Ability;
import io.quorumark.engine.BackgroundWork;
import io.quorumark.engine.Cursor;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Session;
import io.quorumark.engine.Transaction;
import io.quorumark.engine.support.FinishedWork;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a library answers, the bridge gives a typed error of one line. */
class LyingLibraryTest {
    private static final List<Keyspace> KEYSPACES = Keyspace.listOf("one");
    private static final Keyspace ONE = KEYSPACES.get(0);
    private static final ByteBuffer KEY = ByteBuffer.wrap(new byte[] {1});

    private static final int OTHER_VERSION = 1;
    private static final int VALUE_LONGER_THAN_AN_ARRAY = 2;
    private static final int UNKNOWN_CODE = 3;
    private static final int MORE_ENTRIES_THAN_ASKED_FOR = 4;
    private static final int ENTRY_BEYOND_THE_PAGE = 5;
    private static final int TOO_SMALL_FOR_EVER = 6;
    private static final int MESSAGE_LONGER_THAN_ITS_FIELD = 7;
    private static final int MESSAGE_OF_TWO_LINES = 8;
    private static final int STATISTICS_WITHOUT_UNITS = 9;
    private static final int TEXT_LONGER_THAN_THE_BUFFER = 10;
    private static final int MORE_BYTES_THAN_THE_PAGE_HAS = 11;
    private static final int WORK_OF_NO_KIND = 13;
    private static final int WORK_THAT_ENDS_BEFORE_IT_BEGINS = 14;
    private static final int WORK_LONGER_THAN_THE_BUFFER = 15;
    private static final int WORK_FOR_EVER = 16;

    @TempDir
    Path folder;

    @AfterEach
    void forgetTheFolder() {
        System.clearProperty(LibraryFile.DIRECTORY_PROPERTY);
    }

    private KVEngine open(int lie) throws Exception {
        String name = "liar" + lie + ".so";
        CLibrary.compile(Path.of("src/test/c/liar.c"), folder.resolve(name), "-DLIE=" + lie);
        System.setProperty(LibraryFile.DIRECTORY_PROPERTY, folder.toString());
        NativeLibrary library = NativeLibrary.of(name, "compile it again");
        return CLibrary.provider(library, "liar", Ability.TRANSACTIONS, Ability.CONCURRENT_WRITERS)
                .open(EngineConfig.of(folder.resolve("engine"), KEYSPACES, Durability.POWER_LOSS));
    }

    @Test
    void without_a_lie_everything_answers() throws Exception {
        try (KVEngine engine = open(0);
                Session session = engine.openSession();
                Cursor cursor = session.openCursor(ONE)) {
            engine.sync();
            assertThat(engine.stats().entries())
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.value()).isEqualTo(12));
            assertThat(engine.effectiveOptions()).containsExactly(Map.entry("lie", "none"));
            assertThat(session.get(ONE, KEY, ByteBuffer.allocate(1))).isEqualTo(-1);
            assertThat(cursor.first()).isFalse();
        }
    }

    @Test
    void another_version_of_the_interface_is_refused() {
        assertThatThrownBy(() -> open(OTHER_VERSION))
                .isInstanceOf(EngineException.Unsupported.class)
                .hasMessageContaining("interface version 3, expected 2")
                .hasMessageNotContaining("\n");
        assertThat(folder.resolve("engine")).doesNotExist();
    }

    @Test
    void a_value_that_no_buffer_holds_is_refused() throws Exception {
        try (KVEngine engine = open(VALUE_LONGER_THAN_AN_ARRAY);
                Session session = engine.openSession()) {
            assertThatThrownBy(() -> session.get(ONE, KEY, ByteBuffer.allocate(1)))
                    .isInstanceOf(EngineException.Io.class)
                    .hasMessageContaining("1099511627776");
        }
    }

    @Test
    void codes_and_messages_that_the_header_does_not_allow_are_told() throws Exception {
        try (KVEngine engine = open(UNKNOWN_CODE)) {
            assertThatThrownBy(engine::sync)
                    .isInstanceOf(EngineException.Io.class)
                    .hasMessageContaining("-99");
        }
    }

    @Test
    void a_message_longer_than_its_field_is_cut() throws Exception {
        try (KVEngine engine = open(MESSAGE_LONGER_THAN_ITS_FIELD)) {
            assertThatThrownBy(engine::sync)
                    .isInstanceOf(EngineException.Io.class)
                    .satisfies(e -> assertThat(e.toString()).hasSizeLessThan(1000));
        }
    }

    @Test
    void a_message_of_two_lines_becomes_one() throws Exception {
        try (KVEngine engine = open(MESSAGE_OF_TWO_LINES)) {
            assertThatThrownBy(engine::sync)
                    .isInstanceOf(EngineException.Full.class)
                    .hasMessageContaining("first second third")
                    .hasMessageNotContaining("\n");
        }
    }

    @Test
    void pages_that_point_elsewhere_are_refused() throws Exception {
        for (int lie : List.of(
                MORE_ENTRIES_THAN_ASKED_FOR, ENTRY_BEYOND_THE_PAGE, TOO_SMALL_FOR_EVER, MORE_BYTES_THAN_THE_PAGE_HAS)) {
            try (KVEngine engine = open(lie);
                    Session session = engine.openSession();
                    Cursor cursor = session.openCursor(ONE)) {
                assertThatThrownBy(cursor::first).as("lie %d", lie).isInstanceOf(EngineException.Io.class);
                assertThatThrownBy(cursor::key).isInstanceOf(IllegalStateException.class);
            }
        }
    }

    @Test
    void text_that_cannot_be_read_is_refused() throws Exception {
        for (int lie : List.of(STATISTICS_WITHOUT_UNITS, TEXT_LONGER_THAN_THE_BUFFER)) {
            try (KVEngine engine = open(lie)) {
                assertThatThrownBy(engine::stats).as("lie %d", lie).isInstanceOf(EngineException.Io.class);
            }
        }
    }

    @Test
    void work_in_the_background_is_told_by_the_clock_of_the_jvm() throws Exception {
        KVEngine engine = open(0);
        long beforeNanos = System.nanoTime();
        List<BackgroundWork> told = engine.takeBackgroundWork();
        long tookNanos = System.nanoTime() - beforeNanos;
        assertThat(told)
                .extracting(BackgroundWork::kind, work -> work.endNanos() - work.startNanos())
                .containsExactly(
                        tuple(BackgroundWork.Kind.FLUSH, 1_000_000_000L),
                        tuple(BackgroundWork.Kind.COMPACTION, 2_000_000_000L));
        assertThat(beforeNanos - told.get(0).endNanos()).isBetween(8_000_000_000L - tookNanos, 8_000_000_000L);
        assertThat(engine.takeBackgroundWork()).isEmpty();
        engine.close();
        assertThat(engine.takeBackgroundWork()).isEmpty();
    }

    @Test
    void work_that_cannot_be_is_refused() throws Exception {
        for (int lie : List.of(WORK_OF_NO_KIND, WORK_THAT_ENDS_BEFORE_IT_BEGINS, WORK_LONGER_THAN_THE_BUFFER)) {
            try (KVEngine engine = open(lie)) {
                assertThatThrownBy(engine::takeBackgroundWork)
                        .as("lie %d", lie)
                        .isInstanceOf(EngineException.Io.class)
                        .hasMessageContaining("mend the library");
            }
        }
    }

    @Test
    void work_without_an_end_is_not_listened_to_for_ever() throws Exception {
        try (KVEngine engine = open(WORK_FOR_EVER)) {
            assertThat(engine.takeBackgroundWork()).hasSize(FinishedWork.MOST);
        }
    }

    @Test
    void each_code_has_its_exception() throws Exception {
        Map<Integer, Class<? extends RuntimeException>> expected = new LinkedHashMap<>();
        expected.put(10, EngineException.Io.class);
        expected.put(11, EngineException.Corruption.class);
        expected.put(12, EngineException.Full.class);
        expected.put(13, EngineException.Stalled.class);
        expected.put(14, EngineException.Unsupported.class);
        expected.put(15, EngineException.LimitExceeded.class);
        expected.put(16, EngineException.Closed.class);
        expected.put(17, EngineException.Conflict.class);
        expected.put(18, EngineException.WrongKey.class);
        expected.put(19, EngineException.Locked.class);
        expected.put(20, EngineException.InvalidOption.class);
        expected.put(21, IllegalStateException.class);
        expected.put(22, EngineException.Io.class);
        expected.put(23, EngineException.Io.class);
        expected.put(24, IllegalArgumentException.class);
        int headerAndKey = 12 + 1;
        try (KVEngine engine = open(0);
                Session session = engine.openSession()) {
            expected.forEach((code, type) -> assertThatThrownBy(() -> session.put(
                            ONE, KEY, ByteBuffer.allocate(100 + code - headerAndKey), Durability.POWER_LOSS))
                    .as("code -%d", code)
                    .isInstanceOf(type)
                    .hasMessageContaining("asked for")
                    .hasMessageContaining("liar"));
        }
    }

    @Test
    void a_transaction_that_loses_has_ended() throws Exception {
        try (KVEngine engine = open(0);
                Session session = engine.openSession();
                Transaction transaction = session.openTransaction()) {
            assertThatThrownBy(() -> transaction.commit(Durability.POWER_LOSS))
                    .isInstanceOf(EngineException.Conflict.class);
            assertThatThrownBy(() -> transaction.commit(Durability.POWER_LOSS))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("has ended");
        }
    }

    @Test
    void a_checkpoint_that_fails_leaves_nothing() throws Exception {
        try (KVEngine engine = open(0)) {
            assertThatThrownBy(() -> engine.checkpoint(folder.resolve("copies").resolve("copy")))
                    .isInstanceOf(EngineException.Io.class);
            assertThatThrownBy(() -> engine.checkpoint(folder.resolve("copy")))
                    .isInstanceOf(EngineException.Full.class);
        }
        assertThat(folder.toFile().list()).noneMatch(name -> name.startsWith("copy"));
    }
}

package io.quorumark.engine.noop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.engine.Cursor;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Reader;
import io.quorumark.engine.Session;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NullEngineTest {
    private static final Keyspace KEYSPACE = Keyspace.listOf("kv").get(0);

    @TempDir
    Path folder;

    private KVEngine open() {
        return new NullEngineProvider()
                .open(EngineConfig.of(folder.resolve("engine"), Keyspace.listOf("kv"), Durability.POWER_LOSS));
    }

    @Test
    void what_is_written_is_forgotten_and_no_file_is_made() {
        ByteBuffer bytes = ByteBuffer.wrap(new byte[] {1, 2, 3});
        try (KVEngine engine = open();
                Session session = engine.openSession()) {
            session.put(KEYSPACE, bytes, bytes, Durability.POWER_LOSS);
            assertThat(session.get(KEYSPACE, bytes, ByteBuffer.allocate(8))).isEqualTo(Reader.NOT_FOUND);
            try (Cursor cursor = session.openCursor(KEYSPACE)) {
                assertThat(cursor.first()).isFalse();
            }
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void it_says_that_it_retains_nothing_and_cannot_hold_a_log() {
        assertThat(new NullEngineProvider().capabilities().retainsData()).isFalse();
        assertThat(new NullEngineProvider().capabilities().canServeAsLog(Durability.NONE))
                .isFalse();
    }

    @Test
    void it_refuses_to_close_over_a_session_like_any_engine() {
        KVEngine engine = open();
        Session session = engine.openSession();
        assertThatThrownBy(engine::close).isInstanceOf(IllegalStateException.class);
        session.close();
        engine.close();
        assertThatThrownBy(engine::openSession).isInstanceOf(EngineException.Closed.class);
    }
}

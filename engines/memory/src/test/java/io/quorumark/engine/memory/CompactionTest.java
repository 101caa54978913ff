package io.quorumark.engine.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a compaction for which the system gives no thread. */
class CompactionTest {
    private static final int KEYS = 100;
    private static final OutOfMemoryError NO_THREAD = new OutOfMemoryError("unable to create native thread");

    @TempDir
    Path directory;

    private final MemorySettings settings =
            new MemorySettings(4096, LogSync.COMMIT, Duration.ofMillis(1), new Retention(1, Duration.ZERO), null);
    private final AtomicBoolean noThread = new AtomicBoolean(true);
    private long sequence;

    @Test
    void a_commit_after_which_no_thread_can_be_begun_stands_and_keeps_nothing_pinned() throws Exception {
        Store store = new Store(directory, 1);
        try (WriteAheadLog log = new WriteAheadLog(directory, settings, Durability.PROCESS_CRASH, 0)) {
            Compaction compaction = compaction(store, log);
            for (int key = 0; key < KEYS; key++) {
                commit(store, log, Change.PUT, "k" + key, 100);
            }
            for (int times = 0; times < 2 * KEYS; times++) {
                commit(store, log, Change.PUT, "k0", 100); // until the log is longer than twice the data
            }
            compaction.startWhereDue(sequence);
            assertThat(compaction.failure()).isSameAs(NO_THREAD);
            assertThatThrownBy(compaction::await)
                    .isInstanceOf(EngineException.Io.class)
                    .hasMessageContaining("unable to create native thread");
            for (int key = 0; key < KEYS; key++) {
                commit(store, log, Change.DELETE, "k" + key, 0);
            }
            for (int times = 0; times < 2 * KEYS; times++) {
                commit(store, log, Change.PUT, "after", 100); // pays for what was left behind
            }
            assertThat(store.keys())
                    .as("keys, deleted ones that a pin keeps included")
                    .isEqualTo(1);

            noThread.set(false);
            compaction.startWhereDue(sequence);
            compaction.await();
            assertThat(compaction.failure()).isNull();
            assertThat(compaction.finished()).isEqualTo(1);
            assertThat(directory.resolve(LogNames.snapshot(sequence))).exists();
            compaction.close();
        }
    }

    private Compaction compaction(Store store, WriteAheadLog log) {
        return new Compaction(directory, store, log, settings, Executors.newSingleThreadExecutor(task -> {
            if (noThread.get()) {
                throw NO_THREAD;
            }
            return new Thread(task, "compaction of a test");
        }));
    }

    private void commit(Store store, WriteAheadLog log, byte kind, String key, int valueBytes) {
        ByteBuffer record = ByteBuffer.allocate(LogRecord.HEADER_BYTES + 8 + key.length() + valueBytes);
        record.position(LogRecord.HEADER_BYTES);
        record.put(kind).put((byte) 0).putShort((short) key.length()).putInt(valueBytes);
        for (int i = 0; i < key.length(); i++) {
            record.put((byte) key.charAt(i));
        }
        sequence++;
        log.append(record.array(), record.capacity(), sequence, Durability.PROCESS_CRASH);
        store.apply(record.array(), LogRecord.HEADER_BYTES, record.capacity(), sequence);
    }
}

package io.quorumark.engine.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.engine.Checkpoint;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Session;
import io.quorumark.engine.WriteBatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Copies of the state. */
abstract class CheckpointKit extends Kit {
    @Test
    void a_checkpoint_opens_as_an_engine_of_its_own() {
        Path copy = folder.resolve("copy");
        try (KVEngine engine = open();
                Session session = engine.openSession()) {
            session.put(ONE, Bytes.of("before"), Bytes.of("1"), weakest());
            session.put(TWO, Bytes.of("too"), Bytes.of("1"), weakest());
            Checkpoint checkpoint = engine.checkpoint(copy);
            session.put(ONE, Bytes.of("after"), Bytes.of("1"), weakest());
            assertThat(checkpoint.directory()).isEqualTo(copy);
            assertThat(checkpoint.bytes()).isPositive();
            assertThatThrownBy(() -> engine.checkpoint(copy)).isInstanceOf(EngineException.Io.class);
        }
        try (KVEngine engine = provider().open(config(weakest()).withDirectory(copy));
                Session session = engine.openSession()) {
            assertThat(Bytes.forwards(session, ONE)).containsExactly("before=1");
            assertThat(Bytes.forwards(session, TWO)).containsExactly("too=1");
        }
    }

    @Test
    void a_checkpoint_is_restored_only_where_every_byte_is_what_was_sealed() throws Exception {
        Path copy = folder.resolve("copy");
        String id = provider().id();
        try (KVEngine engine = open();
                Session session = engine.openSession()) {
            session.put(ONE, Bytes.of("k"), Bytes.of("value"), weakest());
            Checkpoint made = engine.checkpoint(copy);
            assertThat(Checkpoint.verify(id, copy)).isEqualTo(made);
            session.put(ONE, Bytes.of("k"), Bytes.of("changed"), weakest());
        }
        Checkpoint.restore(id, copy, folder.resolve("restored"));
        try (KVEngine engine = provider().open(config(weakest()).withDirectory(folder.resolve("restored")));
                Session session = engine.openSession()) {
            assertThat(Bytes.get(session, ONE, "k")).isEqualTo("value");
        }
        Path victim = largestFile(copy);
        byte[] bytes = Files.readAllBytes(victim);
        bytes[bytes.length / 2] ^= 1;
        Files.write(victim, bytes);
        assertThatThrownBy(() -> Checkpoint.restore(id, copy, folder.resolve("again")))
                .isInstanceOf(EngineException.Corruption.class)
                .hasMessageContaining(victim.getFileName().toString());
        assertThat(folder.resolve("again")).doesNotExist();
    }

    private static Path largestFile(Path directory) throws Exception {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith(Checkpoint.SEAL_FILE))
                    .max((left, right) ->
                            Long.compare(left.toFile().length(), right.toFile().length()))
                    .orElseThrow();
        }
    }

    @Test
    void a_checkpoint_taken_while_writers_run_holds_whole_batches() throws Exception {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        AtomicBoolean stop = new AtomicBoolean();
        Path copy = folder.resolve("copy");
        try (KVEngine engine = open()) {
            CountDownLatch running = new CountDownLatch(20);
            Future<?> writer = threads.submit(() -> {
                try (Session session = engine.openSession();
                        WriteBatch batch = session.newBatch()) {
                    for (int i = 0; !stop.get(); i++) {
                        batch.clear();
                        batch.put(ONE, Bytes.of("k" + i % 500), Bytes.of("v" + i));
                        batch.put(TWO, Bytes.of("k" + i % 500), Bytes.of("v" + i));
                        session.commit(batch, weakest());
                        running.countDown();
                    }
                }
            });
            running.await();
            engine.checkpoint(copy);
            stop.set(true);
            writer.get();
        } finally {
            stop.set(true);
            threads.shutdown();
        }
        try (KVEngine engine = provider().open(config(weakest()).withDirectory(copy));
                Session session = engine.openSession()) {
            List<String> first = Bytes.forwards(session, ONE);
            assertThat(first).isNotEmpty().isEqualTo(Bytes.forwards(session, TWO));
        }
    }
}

package io.quorumark.engine.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.engine.Checkpoint;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Session;
import io.quorumark.engine.WriteBatch;
import io.quorumark.engine.support.Folders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies of the state. */
abstract class CheckpointKit extends Kit {
    /** A kill that finds the process between two checkpoints is repeated. */
    private static final int MOST_KILLS = 10;

    @Test
    void a_checkpoint_opens_as_an_engine_of_its_own() {
        Path copy = folder.resolve("copy");
        try (KVEngine engine = open();
                Session session = engine.openSession()) {
            session.put(ONE, Bytes.of("before"), Bytes.of("1"), weakest());
            session.put(TWO, Bytes.of("too"), Bytes.of("1"), weakest());
            Checkpoint checkpoint = engine.checkpoint(copy);
            session.put(ONE, Bytes.of("after"), Bytes.of("1"), weakest());
            assertThat(checkpoint.directory()).as("checkpoint.directory()").isEqualTo(copy);
            assertThat(checkpoint.bytes()).as("checkpoint.bytes()").isPositive();
            assertThatThrownBy(() -> engine.checkpoint(copy), "checkpoint to a target that exists")
                    .isInstanceOf(EngineException.Io.class);
        }
        try (KVEngine engine = provider().open(config(weakest()).withDirectory(copy));
                Session session = engine.openSession()) {
            Expect.records(session, ONE).containsExactly("before=1");
            Expect.records(session, TWO).containsExactly("too=1");
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
            assertThat(Checkpoint.verify(id, copy))
                    .as("Checkpoint.verify(id, copy)")
                    .isEqualTo(made);
            session.put(ONE, Bytes.of("k"), Bytes.of("changed"), weakest());
        }
        Checkpoint.restore(id, copy, folder.resolve("restored"));
        try (KVEngine engine = provider().open(config(weakest()).withDirectory(folder.resolve("restored")));
                Session session = engine.openSession()) {
            Expect.value(session, ONE, "k").isEqualTo("value");
        }
        Path victim = largestFile(copy);
        byte[] bytes = Files.readAllBytes(victim);
        bytes[bytes.length / 2] ^= 1;
        Files.write(victim, bytes);
        assertThatThrownBy(
                        () -> Checkpoint.restore(id, copy, folder.resolve("again")),
                        "restore of a checkpoint with one changed bit in %s",
                        victim.getFileName())
                .isInstanceOf(EngineException.Corruption.class)
                .hasMessageContaining(victim.getFileName().toString());
        assertThat(folder.resolve("again"))
                .as("target of a restore that was refused")
                .doesNotExist();
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
            assertThat(first)
                    .as(
                            "records of keyspace 'one' in a checkpoint, which were written in one batch with those of 'two'")
                    .isNotEmpty()
                    .isEqualTo(Bytes.forwards(session, TWO));
        }
    }

    @Test
    void of_two_checkpoints_to_one_target_at_a_time_one_is_made() throws Exception {
        Path copy = folder.resolve("copy");
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (KVEngine engine = open();
                Session session = engine.openSession()) {
            session.put(ONE, Bytes.of("k"), Bytes.of("v"), weakest());
            CyclicBarrier together = new CyclicBarrier(2);
            List<Future<Boolean>> made = new ArrayList<>();
            for (int one = 0; one < 2; one++) {
                made.add(threads.submit(() -> {
                    together.await();
                    try {
                        return engine.checkpoint(copy).directory().equals(copy);
                    } catch (EngineException.Io e) {
                        return false;
                    }
                }));
            }
            assertThat(List.of(made.get(0).get(), made.get(1).get()))
                    .as("which of two checkpoints to one target was made")
                    .containsExactlyInAnyOrder(true, false);
        } finally {
            threads.shutdown();
        }
        assertThat(folder.toFile().list())
                .as("what two checkpoints to one target leave beside the engine's folder")
                .containsExactlyInAnyOrder("engine", "copy");
        Checkpoint unused = Checkpoint.verify(provider().id(), copy);
    }

    /**
     * A process that makes one checkpoint after the other is killed as soon as something is where it makes them, whatever its name. That is
     * repeated until one has left something unfinished: an engine whose checkpoints are whole at once may never do so.
     */
    @Test
    void what_a_process_that_was_killed_in_a_checkpoint_leaves_stops_nobody(@TempDir Path childFolder)
            throws Exception {
        Path copies = Files.createDirectory(folder.resolve("copies"));
        Path copy = copies.resolve("copy");
        try (KVEngine engine = open();
                Session session = engine.openSession()) {
            session.put(ONE, Bytes.of("k"), Bytes.of("v"), weakest());
            boolean unfinished = false;
            for (int kill = 0; kill < MOST_KILLS && !unfinished; kill++) {
                killWhileMaking(copy, copies, Files.createDirectory(childFolder.resolve("kill-" + kill)));
                List<String> left = namesIn(copies);
                unfinished = left.stream().anyMatch(name -> !name.equals("copy"));
                if (Files.exists(copy)) {
                    verifyAndDelete(copy);
                }
                try {
                    Checkpoint unused = engine.checkpoint(copy);
                } catch (EngineException e) {
                    throw new AssertionError(
                            "a checkpoint to a target whose making was killed before, with " + left
                                    + " left, was refused: " + e,
                            e);
                }
                verifyAndDelete(copy);
            }
        }
    }

    /** @param childFolder empty, for the process alone */
    private void killWhileMaking(Path copy, Path copies, Path childFolder) throws Exception {
        Path output = childFolder.resolve("output.txt");
        Process child = ChildJvm.running(
                        MakeCheckpoints.class,
                        childFolder,
                        List.of(
                                provider().getClass().getName(),
                                childFolder.resolve("engine").toString(),
                                weakest().name(),
                                copy.toString(),
                                childFolder.resolve("whole").toString()))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        while (child.isAlive() && namesIn(copies).isEmpty()) {
            Thread.onSpinWait();
        }
        boolean endedByItself = !child.isAlive();
        child.destroyForcibly().waitFor();
        assertThat(endedByItself)
                .as(
                        "whether a process that makes checkpoints ended before it was killed; it said: %s",
                        Files.readString(output))
                .isFalse();
    }

    private static List<String> namesIn(Path directory) {
        return List.of(Objects.requireNonNull(directory.toFile().list()));
    }

    private void verifyAndDelete(Path copy) throws Exception {
        Checkpoint unused = Checkpoint.verify(provider().id(), copy);
        Folders.delete(copy);
    }
}

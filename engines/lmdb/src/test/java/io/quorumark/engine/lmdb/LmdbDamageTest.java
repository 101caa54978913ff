package io.quorumark.engine.lmdb;

import static io.quorumark.engine.lmdb.Fixture.LOG;
import static io.quorumark.engine.lmdb.Fixture.STATE;
import static io.quorumark.engine.lmdb.Fixture.bytes;
import static io.quorumark.engine.lmdb.Fixture.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.engine.Checkpoint;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Session;
import io.quorumark.engine.WriteBatch;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data files that are not what LMDB wrote, and the copies that help then. */
class LmdbDamageTest {
    private static final Durability LEVEL = Durability.PROCESS_CRASH;
    private static final int PAGE_BYTES = 4 << 10;

    @TempDir
    private Path folder;

    @Test
    void a_file_that_is_cut_off_anywhere_is_corrupt_and_stays_as_it_was_found() throws IOException {
        Fixture data = data();
        Path file = data.directory().resolve("data.mdb");
        fillWithSmallAndLargeValues(data);
        byte[] whole = Files.readAllBytes(file);
        Random random = new Random(7);
        for (int round = 0; round < 40; round++) {
            int bytes = 3 * PAGE_BYTES + random.nextInt(whole.length - 4 * PAGE_BYTES);
            Files.write(file, whole);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(bytes);
            }
            assertThatThrownBy(() -> data.open(LEVEL).close())
                    .as("%d of %d bytes", bytes, whole.length)
                    .isInstanceOf(EngineException.Corruption.class)
                    .hasMessageContaining("cut off");
            assertThat(file).hasSize(bytes);
        }
        Files.write(file, whole);
        try (KVEngine engine = data.open(LEVEL)) {
            engine.verify();
        }
    }

    private static void fillWithSmallAndLargeValues(Fixture data) {
        try (KVEngine engine = data.open(LEVEL);
                Session session = engine.openSession();
                WriteBatch batch = session.newBatch()) {
            Random random = new Random(3);
            for (int i = 0; i < 20; i++) {
                batch.clear();
                for (int j = 0; j < 50; j++) {
                    batch.put(LOG, bytes("key" + random.nextInt(10_000)), ByteBuffer.allocate(100));
                    batch.put(STATE, bytes("key" + random.nextInt(10_000)), ByteBuffer.allocate(random.nextInt(9_000)));
                }
                session.commit(batch, LEVEL);
            }
        }
    }

    @Test
    void a_file_whose_missing_end_held_only_pages_that_were_given_back_opens() throws IOException {
        Fixture data = data();
        Path file = data.directory().resolve("data.mdb");
        ByteBuffer large = ByteBuffer.allocate(100 * PAGE_BYTES);
        try (KVEngine engine = data.open(LEVEL);
                Session session = engine.openSession()) {
            // So that there are free pages in front for all that comes after.
            session.put(LOG, bytes("first"), large, LEVEL);
            session.delete(LOG, bytes("first"), LEVEL);
            session.put(STATE, bytes("key"), bytes("value"), LEVEL);
            session.put(LOG, bytes("second"), ByteBuffer.allocate(200 * PAGE_BYTES), LEVEL);
            session.delete(LOG, bytes("second"), LEVEL);
            // LMDB takes the lowest free page, so these commits move every tree to the front.
            for (int i = 0; i < 10; i++) {
                session.put(LOG, bytes("small"), bytes("value"), LEVEL);
                session.put(STATE, bytes("key"), bytes("last value"), LEVEL);
            }
        }
        long whole = Files.size(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(whole - 20 * PAGE_BYTES);
        }
        try (KVEngine engine = data.open(LEVEL);
                Session session = engine.openSession()) {
            assertThat(get(session, STATE, "key")).isEqualTo("last value");
            engine.verify();
            session.put(LOG, bytes("third"), large, LEVEL);
            assertThat(session.get(LOG, bytes("third"), ByteBuffer.allocate(0))).isEqualTo(large.capacity());
        }
    }

    @Test
    void verifying_finds_damage_in_every_pages_own_bookkeeping() throws IOException {
        Fixture data = data();
        fillWithSmallAndLargeValues(data);
        Path file = data.directory().resolve("data.mdb");
        byte[] whole = Files.readAllBytes(file);
        try (KVEngine engine = data.open(LEVEL)) {
            engine.verify();
            Set<Integer> damagedPages = new HashSet<>();
            for (int page = 2; page < whole.length / PAGE_BYTES; page++) {
                write(file, (long) page * PAGE_BYTES, (byte) (whole[page * PAGE_BYTES] ^ 1));
                if (isDamaged(engine)) {
                    damagedPages.add(page);
                }
                write(file, (long) page * PAGE_BYTES, whole[page * PAGE_BYTES]);
            }
            // The others are free, or in the middle of a large value.
            assertThat(damagedPages).hasSizeGreaterThan(whole.length / PAGE_BYTES / 4);
            engine.verify();
        }
    }

    private static boolean isDamaged(KVEngine engine) {
        try {
            engine.verify();
            return false;
        } catch (EngineException.Corruption e) {
            assertThat(e).hasMessageContaining("page").hasMessageContaining("restore a checkpoint");
            return true;
        }
    }

    private static void write(Path file, long position, byte value) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {value}), position);
        }
    }

    @Test
    void verifying_finds_nothing_wrong_while_others_write() throws Exception {
        Fixture data = data();
        fillWithSmallAndLargeValues(data);
        ExecutorService writer = Executors.newSingleThreadExecutor();
        AtomicBoolean stop = new AtomicBoolean();
        try (KVEngine engine = data.open(LEVEL)) {
            Future<Integer> commits = writer.submit(() -> {
                int count = 0;
                try (Session session = engine.openSession()) {
                    for (; !stop.get(); count++) {
                        session.put(STATE, bytes("key" + count % 3_000), ByteBuffer.allocate(count % 9_000), LEVEL);
                    }
                }
                return count;
            });
            for (int i = 0; i < 50; i++) {
                engine.verify();
            }
            stop.set(true);
            assertThat(commits.get()).isPositive();
        } finally {
            stop.set(true);
            writer.shutdown();
        }
    }

    @Test
    void an_environment_of_another_page_layout_or_none_is_corrupt() throws IOException {
        Fixture data = data();
        Path file = data.directory().resolve("data.mdb");
        Files.createDirectory(data.directory());
        for (int bytes : new int[] {1, 100, PAGE_BYTES, 10 * PAGE_BYTES}) {
            byte[] noise = new byte[bytes];
            new Random(bytes).nextBytes(noise);
            Files.write(file, noise);
            assertThatThrownBy(() -> data.open(LEVEL).close())
                    .as("%d bytes of noise", bytes)
                    .isInstanceOf(EngineException.Corruption.class);
            assertThat(Files.readAllBytes(file)).isEqualTo(noise);
        }
    }

    @Test
    void a_sealed_checkpoint_finds_the_changed_byte_that_verifying_cannot_find() throws IOException {
        Path copy = folder.resolve("copy");
        try (KVEngine engine = data().open(LEVEL);
                Session session = engine.openSession()) {
            session.put(STATE, bytes("key"), bytes("a value that is easy to find"), LEVEL);
            Checkpoint checkpoint = engine.checkpoint(copy);
            assertThat(Checkpoint.verify("lmdb", copy).bytes()).isEqualTo(checkpoint.bytes());
        }
        Checkpoint.restore("lmdb", copy, folder.resolve("restored"));
        Path file = copy.resolve("data.mdb");
        int at = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).indexOf("easy");
        try (RandomAccessFile changed = new RandomAccessFile(file.toFile(), "rw")) {
            changed.seek(at);
            changed.write('E');
        }
        assertThatThrownBy(() -> Checkpoint.verify("lmdb", copy))
                .isInstanceOf(EngineException.Corruption.class)
                .hasMessageContaining("data.mdb");
        try (KVEngine engine = new Fixture(copy).open(LEVEL);
                Session session = engine.openSession()) {
            engine.verify();
            assertThat(get(session, STATE, "key")).isEqualTo("a value that is Easy to find");
        }
        try (KVEngine engine = new Fixture(folder.resolve("restored")).open(LEVEL);
                Session session = engine.openSession()) {
            assertThat(get(session, STATE, "key")).isEqualTo("a value that is easy to find");
        }
    }

    private Fixture data() {
        return new Fixture(folder.resolve("data"));
    }
}

package io.quorumark.engine.xodus;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import jetbrains.exodus.ExodusException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class XodusDamageTest {
    private static final List<Keyspace> KEYSPACES = Keyspace.listOf("one", "two");
    private static final String LOG = "00000000000.xd";
    private static final int RECORDS = 200;
    private static final int TIMES = 300;
    private static final int FLIPPED_BYTES = 5;

    @TempDir
    Path folder;

    @Test
    void what_verify_meets_in_damaged_files_is_corruption() throws IOException {
        Path whole = folder.resolve("whole");
        try (KVEngine engine = open(whole);
                Session session = engine.openSession()) {
            for (int i = 0; i < RECORDS; i++) {
                session.put(KEYSPACES.get(0), bytes("k" + i), bytes("v" + i), Durability.PROCESS_CRASH);
            }
        }
        byte[] log = Files.readAllBytes(whole.resolve(LOG));
        int told = 0;
        for (int seed = 0; seed < TIMES; seed++) {
            byte[] damaged = log.clone();
            Random random = new Random(seed);
            for (int i = 0; i < FLIPPED_BYTES; i++) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 + random.nextInt(255));
            }
            Path copy = Files.createDirectory(folder.resolve("copy-" + seed));
            Files.write(copy.resolve(LOG), damaged);
            told += toldByVerify(copy, seed);
        }
        assertThat(told).as("damaged files that open and do not verify").isPositive();
    }

    private static int toldByVerify(Path copy, int seed) {
        boolean opened = false;
        try (KVEngine engine = open(copy)) {
            opened = true;
            engine.verify();
            return 0;
        } catch (EngineException e) {
            assertThat(e).as("seed %d", seed).isInstanceOf(EngineException.Corruption.class);
            return opened ? 1 : 0;
        }
    }

    @Test
    void what_the_device_does_not_give_to_verify_is_no_damage() {
        XodusErrors errors = new XodusErrors(folder);
        IOException refused = new IOException("Input/output error");
        for (RuntimeException e : List.of(new ExodusException(refused), new UncheckedIOException(refused))) {
            assertThat(errors.translateVerify(e))
                    .isInstanceOf(EngineException.Io.class)
                    .hasMessageContaining("Input/output error");
        }
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static KVEngine open(Path folder) {
        return new XodusEngineProvider().open(EngineConfig.of(folder, KEYSPACES, Durability.PROCESS_CRASH));
    }
}

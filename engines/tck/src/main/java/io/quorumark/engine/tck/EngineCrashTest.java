package io.quorumark.engine.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Session;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an engine keeps when its process is killed: a child process commits numbered batches over two keyspaces and acknowledges each, is killed with SIGKILL after a seeded
 * random number of them, and what it leaves must open with an exact prefix that has every acknowledged batch. Says nothing about power loss.
 */
public abstract class EngineCrashTest {
    private static final int KILLS = 4;
    private static final int MOST_BATCHES = 400;

    @TempDir
    Path folder;

    protected abstract EngineProvider provider();

    @Test
    void a_killed_process_leaves_every_acknowledged_batch_and_no_torn_one() throws Exception {
        assumeTrue(
                provider().capabilities().crashConsistent(),
                provider().facts().displayName() + " does not claim to survive a crash");
        Random random = new Random(20);
        for (Durability durability : provider().capabilities().durabilities()) {
            if (durability.isAtLeast(Durability.PROCESS_CRASH)) {
                for (int kill = 0; kill < KILLS; kill++) {
                    killAndCheck(durability, 1 + random.nextInt(MOST_BATCHES), kill);
                }
            }
        }
    }

    private void killAndCheck(Durability durability, int killAfter, int kill) throws Exception {
        Path directory = folder.resolve(durability.name() + kill);
        long acknowledged = runUntilKilled(directory, durability, killAfter);
        EngineConfig config = CrashingWriter.config(directory, durability);
        try (KVEngine engine = provider().open(config);
                Session session = engine.openSession()) {
            List<String> first = Bytes.forwards(session, CrashingWriter.KEYSPACES.get(0));
            List<String> second = Bytes.forwards(session, CrashingWriter.KEYSPACES.get(1));
            assertThat(first).as("both keyspaces hold the same batches").isEqualTo(second);
            assertThat((long) first.size())
                    .as("batches after %d were acknowledged at %s", acknowledged, durability)
                    .isGreaterThanOrEqualTo(acknowledged);
            for (int i = 0; i < first.size(); i++) {
                assertThat(first.get(i)).as("no batch is missing in between").isEqualTo(CrashingWriter.record(i));
            }
            session.put(CrashingWriter.KEYSPACES.get(0), Bytes.of("after"), Bytes.of("1"), durability);
        }
    }

    private long runUntilKilled(Path directory, Durability durability, int killAfter)
            throws IOException, InterruptedException {
        Path errors = folder.resolve("errors.txt");
        Process child = ChildJvm.running(
                        CrashingWriter.class,
                        folder,
                        List.of(provider().getClass().getName(), directory.toString(), durability.name()))
                .redirectError(errors.toFile())
                .start();
        long acknowledged = 0;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            String line;
            while ((line = lines.readLine()) != null) {
                acknowledged = Long.parseLong(line);
                if (acknowledged == killAfter) {
                    // The handle, not the process: what was acknowledged before the kill can still be read.
                    child.toHandle().destroyForcibly();
                }
            }
        }
        child.waitFor();
        assertThat(acknowledged)
                .as("the child said: %s", Files.readString(errors))
                .isGreaterThanOrEqualTo(killAfter);
        return acknowledged;
    }
}

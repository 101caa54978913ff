package io.quorumark.campaign.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An engine that took another one's folder for a new or damaged one of its own might remove what is in it. */
class ForeignFoldersTest {
    private static final List<Keyspace> KEYSPACES = Keyspace.listOf("one", "two");

    @TempDir
    Path folder;

    @Test
    void every_engine_refuses_the_folder_of_every_other_and_leaves_it_as_it_is() throws Exception {
        List<EngineProvider> engines = new ArrayList<>();
        for (EngineProvider engine : Engines.onClassPath().retainingData()) {
            make(engine, folder.resolve(engine.id()));
            if (Files.exists(folder.resolve(engine.id()))) {
                engines.add(engine);
            }
        }
        SoftAssertions found = new SoftAssertions();
        for (EngineProvider maker : engines) {
            Path made = folder.resolve(maker.id());
            Map<String, String> before = contents(made);
            assertThat(before).as("files that %s made", maker.id()).isNotEmpty();
            for (EngineProvider other : engines) {
                if (other != maker) {
                    found.assertThat(catchThrowable(() -> open(other, made).close()))
                            .as("%s in the folder of %s", other.id(), maker.id())
                            .isInstanceOf(EngineException.Corruption.class);
                    found.assertThat(contents(made))
                            .as("what %s left in the folder of %s", other.id(), maker.id())
                            .isEqualTo(before);
                }
            }
            open(maker, made).close();
        }
        found.assertAll();
    }

    private static void make(EngineProvider maker, Path made) {
        try (KVEngine engine = open(maker, made);
                Session session = engine.openSession()) {
            Durability level = level(maker);
            for (int i = 0; i < 100; i++) {
                session.put(KEYSPACES.get(i % 2), bytes("key-" + i), bytes("value-" + i), level);
            }
        }
    }

    private static KVEngine open(EngineProvider provider, Path directory) {
        return provider.open(EngineConfig.of(directory, KEYSPACES, level(provider)));
    }

    private static Durability level(EngineProvider provider) {
        return provider.capabilities().strongestUpTo(Durability.POWER_LOSS);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> contents(Path directory) throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                found.put(directory.relativize(file).toString(), digest(file));
            }
        }
        return found;
    }

    private static String digest(Path file) throws IOException {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}

package io.quorumark.engine.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.engine.Checkpoint;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Reader;
import io.quorumark.engine.Session;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptionTest {
    private static final List<Keyspace> KEYSPACES = Keyspace.listOf("kv");
    private static final Keyspace KV = KEYSPACES.get(0);
    private static final String SECRET = "a secret that must not be on the device";

    @TempDir
    Path parent;

    private Path keyFile(String digits) throws IOException {
        return Files.writeString(parent.resolve("key-" + digits.hashCode()), digits);
    }

    private Map<String, String> options(String encryption, String digit) throws IOException {
        return Map.of(
                "encryption",
                encryption,
                "encryption_key_file",
                keyFile(digit.repeat(64)).toString());
    }

    private KVEngine open(Path directory, Map<String, String> options) {
        return new MemoryEngineProvider()
                .open(EngineConfig.of(directory, KEYSPACES, Durability.PROCESS_CRASH)
                        .withOptions(options));
    }

    private KVEngine open(Map<String, String> options) {
        return open(parent.resolve("engine"), options);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void put(Session session, String key, String value) {
        session.put(KV, bytes(key), bytes(value), Durability.PROCESS_CRASH);
    }

    private static String get(Reader reader, String key) {
        ByteBuffer target = ByteBuffer.allocate(200_000);
        assertThat(reader.get(KV, bytes(key), target)).isNotEqualTo(Reader.NOT_FOUND);
        return StandardCharsets.ISO_8859_1.decode(target.flip()).toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"aes-gcm", "chacha20-poly1305"})
    void nothing_on_the_device_can_be_read_without_the_key(String encryption) throws IOException {
        Map<String, String> options = options(encryption, "a");
        String large = SECRET.repeat(4000);
        try (KVEngine engine = open(options);
                Session session = engine.openSession()) {
            put(session, "in the snapshot", SECRET);
            put(session, "large", large);
            engine.compact();
            put(session, "in the log", SECRET);
            engine.verify();
            Checkpoint checkpoint = engine.checkpoint(parent.resolve("copy"));
            assertThat(checkpoint.bytes()).isPositive();
        }
        for (Path folder : List.of(parent.resolve("engine"), parent.resolve("copy"))) {
            for (String name : folder.toFile().list()) {
                assertThat(Files.readString(folder.resolve(name), StandardCharsets.ISO_8859_1))
                        .as(name)
                        .doesNotContain("secret")
                        .doesNotContain("in the log");
            }
            try (KVEngine engine = open(folder, options);
                    Session session = engine.openSession()) {
                assertThat(get(session, "in the snapshot")).isEqualTo(SECRET);
                assertThat(get(session, "in the log")).isEqualTo(SECRET);
                assertThat(get(session, "large")).isEqualTo(large);
                assertThat(engine.effectiveOptions()).containsEntry("encryption", encryption);
            }
        }
    }

    @Test
    void another_key_no_key_and_another_encryption_are_told_apart() throws IOException {
        open(options("aes-gcm", "a")).close();
        assertThatThrownBy(() -> open(options("aes-gcm", "b")))
                .isInstanceOf(EngineException.WrongKey.class)
                .hasMessageContaining("not the one that the folder was made with");
        assertThatThrownBy(() -> open(Map.of()))
                .isInstanceOf(EngineException.WrongKey.class)
                .hasMessageContaining("no key is given");
        assertThatThrownBy(() -> open(options("chacha20-poly1305", "a")))
                .isInstanceOf(EngineException.WrongKey.class)
                .hasMessageContaining("encryption=aes-gcm");
        open(options("aes-gcm", "a")).close();
    }

    @Test
    void a_key_for_a_folder_that_is_not_encrypted_is_refused() throws IOException {
        open(Map.of()).close();
        assertThatThrownBy(() -> open(options("aes-gcm", "a")))
                .isInstanceOf(EngineException.WrongKey.class)
                .hasMessageContaining("not encrypted");
    }

    @Test
    void a_key_file_that_holds_no_key_is_named() throws IOException {
        String shortKey = keyFile("abcd").toString();
        assertThatThrownBy(() -> open(Map.of("encryption", "aes-gcm", "encryption_key_file", shortKey)))
                .isInstanceOf(EngineException.InvalidOption.class)
                .hasMessageContaining("16 bits, expected 256");
        String noKey = keyFile("not a key").toString();
        assertThatThrownBy(() -> open(Map.of("encryption", "aes-gcm", "encryption_key_file", noKey)))
                .isInstanceOf(EngineException.InvalidOption.class)
                .hasMessageContaining("something else");
        assertThatThrownBy(() -> open(Map.of("encryption", "aes-gcm")))
                .isInstanceOf(EngineException.InvalidOption.class)
                .hasMessageContaining("is missing");
        assertThatThrownBy(() -> open(Map.of("encryption_key_file", shortKey)))
                .isInstanceOf(EngineException.InvalidOption.class)
                .hasMessageContaining("encryption is none");
    }

    @Test
    void a_changed_byte_in_an_encrypted_snapshot_is_corruption() throws IOException {
        Map<String, String> options = options("aes-gcm", "a");
        try (KVEngine engine = open(options);
                Session session = engine.openSession()) {
            put(session, "key", SECRET);
            engine.compact();
        }
        Path snapshot = LogNames.snapshots(parent.resolve("engine")).lastEntry().getValue();
        try (RandomAccessFile file = new RandomAccessFile(snapshot.toFile(), "rw")) {
            file.seek(file.length() - 20);
            int old = file.read();
            file.seek(file.length() - 20);
            file.write(old ^ 1);
        }
        assertThatThrownBy(() -> open(options)).isInstanceOf(EngineException.Corruption.class);
    }

    @Test
    void the_torn_tail_of_an_encrypted_log_is_cut_off() throws IOException {
        Map<String, String> options = options("chacha20-poly1305", "a");
        try (KVEngine engine = open(options);
                Session session = engine.openSession()) {
            put(session, "first", "1");
            put(session, "second", "2");
        }
        Path log = LogNames.logs(parent.resolve("engine")).lastEntry().getValue();
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
            file.setLength(file.length() - 3);
        }
        try (KVEngine engine = open(options);
                Session session = engine.openSession()) {
            assertThat(get(session, "first")).isEqualTo("1");
            assertThat(session.get(KV, bytes("second"), ByteBuffer.allocate(9))).isEqualTo(Reader.NOT_FOUND);
        }
    }
}

package io.quorumark.engine.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.EngineStats;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Session;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The folder an engine is opened in, and its settings. */
abstract class FolderKit extends Kit {
    @Test
    void a_folder_is_open_once() {
        try (KVEngine first = open()) {
            assertThatThrownBy(this::open).isInstanceOf(EngineException.Locked.class);
            assertThat(first.stats()).isNotNull();
        }
        open().close();
    }

    @Test
    void a_folder_that_holds_something_else_is_refused() throws Exception {
        Files.createDirectory(folder.resolve("engine"));
        Files.writeString(folder.resolve("engine").resolve("holiday.txt"), "not a database");
        assertThatThrownBy(this::open).isInstanceOf(EngineException.class);
        assertThat(folder.resolve("engine").resolve("holiday.txt")).hasContent("not a database");
    }

    @Test
    void an_unknown_option_is_refused_by_name() {
        assertThatThrownBy(() -> provider().open(config(weakest()).withOptions(Map.of("no_such_option", "1"))))
                .isInstanceOf(EngineException.InvalidOption.class)
                .hasMessageContaining("no_such_option");
    }

    @Test
    void settings_are_read_back_and_figures_have_names_and_units() {
        try (KVEngine engine = open()) {
            assertThat(engine.keyspaces()).isEqualTo(KEYSPACES);
            assertThat(engine.effectiveOptions()).isNotEmpty();
            for (EngineStats.Entry entry : engine.stats().entries()) {
                assertThat(entry.name()).matches("[a-z0-9]+(\\.[a-z0-9]+)*");
                assertThat(entry.unit()).isIn("bytes", "count", "nanoseconds", "ratio");
            }
        }
    }

    @Test
    void damage_anywhere_ends_in_a_typed_error_or_in_what_was_written() throws Exception {
        for (int damage = 0; damage < 6; damage++) {
            EngineConfig config = config(weakest()).withDirectory(folder.resolve("damaged-" + damage));
            try (KVEngine engine = provider().open(config);
                    Session session = engine.openSession()) {
                for (int i = 0; i < 200; i++) {
                    session.put(ONE, Bytes.of("k" + i), Bytes.of("v" + i), weakest());
                }
                engine.sync();
            }
            Path victim = largestFile(config.directory());
            byte[] bytes = Files.readAllBytes(victim);
            new Damage(new Random(damage)).to(bytes);
            Files.write(victim, bytes);
            openAndRead(config);
        }
    }

    /** Whatever comes of it, it is neither a crash nor an untyped failure. */
    private void openAndRead(EngineConfig config) {
        try (KVEngine engine = provider().open(config);
                Session session = engine.openSession()) {
            for (String record : Bytes.forwards(session, ONE)) {
                assertThat(record).matches("(?s).*=.*");
            }
        } catch (EngineException e) {
            assertThat(e).hasMessageContaining(config.directory().getFileName().toString());
        }
    }

    private static Path largestFile(Path directory) throws Exception {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .max((left, right) ->
                            Long.compare(left.toFile().length(), right.toFile().length()))
                    .orElseThrow();
        }
    }

    @Test
    void a_folder_that_another_process_has_open_is_refused() throws Exception {
        EngineConfig config = ChildEngine.config(folder.resolve("engine"), weakest());
        try (KVEngine engine = provider().open(config)) {
            ProcessBuilder other = ChildJvm.running(
                    OpenOnce.class,
                    folder,
                    List.of(
                            provider().getClass().getName(),
                            config.directory().toString(),
                            weakest().name()));
            Process child = other.redirectErrorStream(true).start();
            String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(child.waitFor()).as(said).isEqualTo(OpenOnce.LOCKED);
            assertThat(engine.stats()).isNotNull();
        }
    }

    @Test
    void a_folder_that_cannot_be_written_to_is_refused() throws Exception {
        Path file = Files.writeString(folder.resolve("a file"), "in the way");
        assertThatThrownBy(() -> provider().open(config(weakest()).withDirectory(file.resolve("engine"))))
                .isInstanceOf(EngineException.class)
                .hasMessageNotContaining("\n");
        assertThatThrownBy(() -> provider().open(config(weakest()).withDirectory(folder.resolve("absent/engine"))))
                .isInstanceOf(EngineException.Io.class);
    }

    @Test
    void an_engine_at_work_is_in_good_health() {
        try (KVEngine engine = open()) {
            assertThat(engine.health().findings().stream().filter(finding -> !finding.startsWith("the device has")))
                    .isEmpty();
        }
    }
}

package io.quorumark.engine.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineException;
import io.quorumark.engine.EngineStats;
import io.quorumark.engine.Health;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Session;
import io.quorumark.engine.durability.SmallDevice;
import io.quorumark.engine.support.Folders;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder an engine is opened in, and its settings. */
abstract class FolderKit extends Kit {
    private static final int DEVICE_MEBIBYTES = 160;

    @Test
    void a_folder_is_open_once() {
        try (KVEngine first = open()) {
            assertThatThrownBy(this::open, "a second opening of a folder in one process")
                    .isInstanceOf(EngineException.Locked.class);
            assertThat(first.stats())
                    .as("stats() of the engine whose folder somebody else tried to open")
                    .isNotNull();
        }
        open().close();
    }

    @Test
    void a_folder_that_holds_something_else_is_refused() throws Exception {
        Files.createDirectory(folder.resolve("engine"));
        Files.writeString(folder.resolve("engine").resolve("holiday.txt"), "not a database");
        assertThatThrownBy(this::open, "opening a folder that holds holiday.txt")
                .isInstanceOf(EngineException.class);
        assertThat(folder.resolve("engine").resolve("holiday.txt"))
                .as("holiday.txt after a refused opening")
                .hasContent("not a database");
    }

    @Test
    void an_unknown_option_is_refused_by_name() {
        assertThatThrownBy(
                        () -> provider().open(config(weakest()).withOptions(Map.of("no_such_option", "1"))),
                        "opening with the option no_such_option")
                .isInstanceOf(EngineException.InvalidOption.class)
                .hasMessageContaining("no_such_option");
    }

    @Test
    void settings_are_read_back_and_figures_have_names_and_units() {
        try (KVEngine engine = open()) {
            assertThat(engine.keyspaces()).as("engine.keyspaces()").isEqualTo(KEYSPACES);
            assertThat(engine.effectiveOptions())
                    .as("engine.effectiveOptions()")
                    .isNotEmpty();
            for (EngineStats.Entry entry : engine.stats().entries()) {
                assertThat(entry.name()).as("name of a figure in stats()").matches("[a-z0-9]+(\\.[a-z0-9]+)*");
                assertThat(entry.unit())
                        .as("unit of figure %s in stats()", entry.name())
                        .isIn("bytes", "count", "nanoseconds", "ratio");
            }
        }
    }

    @Test
    void damage_anywhere_ends_in_a_typed_error_or_in_an_engine_that_reads(@TempDir Path scratch) throws Exception {
        EngineConfig config = ChildEngine.config(folder.resolve("engine"), weakest());
        try (KVEngine engine = provider().open(config);
                Session session = engine.openSession()) {
            for (int i = 0; i < 200; i++) {
                session.put(ONE, Bytes.of("k" + i), Bytes.of("v" + i), weakest());
            }
            engine.sync();
        }
        requireSuccess(
                "opens and reads damaged folders",
                OpenDamaged.class,
                scratch,
                config.directory().toString(),
                Files.createDirectory(scratch.resolve("copies")).toString(),
                "4");
    }

    @Test
    void a_device_without_room_is_not_taken_for_damage(@TempDir Path scratch) throws Exception {
        Optional<SmallDevice> mounted = SmallDevice.mountAt(folder.resolve("device"), DEVICE_MEBIBYTES);
        assumeTrue(mounted.isPresent(), SmallDevice.NEEDS);
        try (SmallDevice device = mounted.get()) {
            requireSuccess(
                    "opens folders on a device without room",
                    OpenWithoutRoom.class,
                    scratch,
                    device.path().toString());
        }
    }

    private void requireSuccess(String what, Class<?> main, Path scratch, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(
                List.of(provider().getClass().getName(), weakest().name()));
        arguments.addAll(List.of(more));
        Process child = ChildJvm.running(main, scratch, arguments)
                .redirectErrorStream(true)
                .start();
        String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exitCode = child.waitFor();
        assertThat(exitCode)
                .as("exit code of a process that %s; the last it said: %s", what, last(said))
                .isZero();
    }

    private static List<String> last(String said) {
        List<String> lines =
                said.lines().filter(line -> !line.startsWith("\tat ")).toList();
        return lines.subList(Math.max(0, lines.size() - 8), lines.size());
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
            assertThat(engine.stats())
                    .as("stats() of the engine whose folder another process tried to open")
                    .isNotNull();
        }
    }

    @Test
    void a_folder_that_cannot_be_written_to_is_refused() throws Exception {
        Path file = Files.writeString(folder.resolve("a file"), "in the way");
        assertThatThrownBy(
                        () -> provider().open(config(weakest()).withDirectory(file.resolve("engine"))),
                        "opening in a folder whose parent is a file")
                .isInstanceOf(EngineException.class)
                .hasMessageNotContaining("\n");
        assertThatThrownBy(
                        () -> provider().open(config(weakest()).withDirectory(folder.resolve("absent/engine"))),
                        "opening in a folder whose parent is absent")
                .isInstanceOf(EngineException.Io.class);
    }

    @Test
    void an_engine_at_work_is_in_good_health() {
        try (KVEngine engine = open()) {
            Expect.nothingWrong(engine);
        }
    }

    /** Engines that estimate their number of keys are exact enough while nothing is overwritten or deleted. */
    @Test
    void the_number_of_keys_is_that_of_the_keys_written() {
        try (KVEngine engine = open();
                Session session = engine.openSession()) {
            double syncsBefore = figure(engine, "log.syncs");
            int written = 0;
            for (int upTo : new int[] {0, 500, 2000}) {
                for (; written < upTo; written++) {
                    session.put(written % 2 == 0 ? ONE : TWO, Bytes.of("k" + written), Bytes.of("v"), weakest());
                }
                double keys = figure(engine, "data.keys");
                if (!Double.isNaN(keys)) {
                    assertThat(keys)
                            .as("data.keys of stats() after puts of %s new keys", written)
                            .isBetween(written * 0.9, written * 1.1);
                }
            }
            double syncs = figure(engine, "log.syncs");
            if (!Double.isNaN(syncs)) {
                assertThat(syncs)
                        .as("log.syncs of stats(), a counter, after %s puts", written)
                        .isGreaterThanOrEqualTo(syncsBefore);
            }
        }
    }

    /** @return not a number if the engine does not tell it */
    private static double figure(KVEngine engine, String name) {
        return engine.stats().entries().stream()
                .filter(entry -> entry.name().equals(name))
                .mapToDouble(EngineStats.Entry::value)
                .findAny()
                .orElse(Double.NaN);
    }

    /** The folder goes away under the engine. Whoever can go on writing to files that have no name any more may do so. */
    @Test
    void an_engine_that_refuses_all_commits_does_not_say_that_its_health_is_good() throws Exception {
        EngineConfig config = config(weakest()).withMemoryBudgetBytes(EngineConfig.MIN_MEMORY_BUDGET_BYTES);
        ByteBuffer value = ByteBuffer.allocate(256 << 10);
        KVEngine engine = provider().open(config);
        Session session = engine.openSession();
        session.put(ONE, Bytes.of("k"), value, weakest());
        Folders.delete(config.directory());
        String refusal = "";
        for (long bytes = 0; bytes < 4 * config.memoryBudgetBytes() && refusal.isEmpty(); bytes += value.capacity()) {
            refusal = refusalOf(session, "k" + bytes, value);
        }
        boolean refusesAll = !refusal.isEmpty();
        for (int again = 0; again < 3 && refusesAll; again++) {
            refusesAll = !refusalOf(session, "again" + again, value).isEmpty();
        }
        if (refusesAll) {
            assertThat(engine.health().status())
                    .as("status of health() of an engine that refuses commits with '%s'", refusal)
                    .isNotEqualTo(Health.Status.GOOD);
        }
        closeWhateverComes(session);
        closeWhateverComes(engine);
    }

    /** @return empty if the put was taken */
    private String refusalOf(Session session, String key, ByteBuffer value) {
        try {
            session.put(ONE, Bytes.of(key), value, weakest());
            return "";
        } catch (EngineException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** An engine without its files may say so when it closes. */
    private static void closeWhateverComes(AutoCloseable handle) throws Exception {
        try {
            handle.close();
        } catch (EngineException e) {
            assertThat(e)
                    .as("refusal at close of an engine whose folder is gone")
                    .hasMessageNotContaining("\n");
        }
    }
}

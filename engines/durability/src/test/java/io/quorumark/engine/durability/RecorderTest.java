package io.quorumark.engine.durability;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quorumark.engine.support.Folders;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the recorder sees, of programs that owe nothing to the JVM or to libc. */
class RecorderTest {
    private static final int KILLED = 128 + 9;

    @TempDir
    private Path folder;

    private Path root;
    private Recorder recorder;
    private String scribble;

    @BeforeEach
    void compile() throws Exception {
        folder = folder.toRealPath();
        root = Files.createDirectory(folder.resolve("root"));
        Recorder.Attempt attempt = Recorder.compileInto(folder);
        assumeTrue(attempt.recorder().isPresent(), attempt.missing());
        recorder = attempt.recorder().orElseThrow();
        Path source = source("scribble.c", "scribble.c");
        scribble = folder.resolve("scribble").toString();
        run(List.of("cc", "-O1", "-o", scribble, source.toString(), "-lpthread"));
    }

    @Test
    void raw_system_calls_are_seen() throws Exception {
        Trace trace = record("raw");
        assertThat(trace.events())
                .extracting(Trace.Event::kind)
                .containsExactly(Trace.Kind.CREATE, Trace.Kind.WRITE, Trace.Kind.SYNC);
        assertThat(trace.events().get(0).path()).isEqualTo(root + "/file");
        assertThat(trace.events().get(1).number()).isEqualTo(3);
        assertThat(trace.events().get(1).data()).isEqualTo("hello".getBytes(UTF_8));
    }

    @Test
    void goroutines_are_seen() throws Exception {
        Path source = source("scribble.go.txt", "scribble.go");
        String program = folder.resolve("scribble-go").toString();
        assumeTrue(isInstalled("go"), "Go is not installed: this test builds a Go program");
        // with the flags of the native engines' own build, so that the standard library is compiled once for both
        run(List.of("go", "build", "-trimpath", "-buildmode=pie", "-o", program, source.toString()));
        Trace trace = record(List.of(program, root.toString()), Map.of());
        assertThat(trace.events())
                .filteredOn(event -> event.kind() == Trace.Kind.WRITE)
                .hasSize(8);
        assertThat(trace.events().get(trace.events().size() - 1).kind()).isEqualTo(Trace.Kind.SYNC);
        assertThat(at(trace, DiskImage.Unsynced.NOTHING)).containsEntry("file", "goroutine".repeat(8));
    }

    @Test
    void what_is_stored_through_a_mapping_is_durable_in_the_synced_pages_only() throws Exception {
        Trace trace = record("mapping");
        String durable = at(trace, DiskImage.Unsynced.NOTHING).get("file");
        assertThat(durable).contains("synced").doesNotContain("lost").doesNotContain("late");
        assertThat(whole(trace)).isEqualTo(contentsOf(root));
        assertThat(trace.isMostlyMapped()).isTrue();
    }

    @Test
    void writes_that_sync_themselves_are_durable_by_descriptor_and_by_flag() throws Exception {
        assertThat(record("synced").events())
                .filteredOn(event -> !event.kind().equals(Trace.Kind.CREATE))
                .extracting(Trace.Event::kind)
                .containsExactly(Trace.Kind.WRITE_SYNCED, Trace.Kind.WRITE_SYNCED, Trace.Kind.WRITE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void the_whole_trace_makes_the_folder_again(int seed) throws Exception {
        Trace trace = record(List.of(scribble, root.toString(), "random", Integer.toString(seed)), Map.of());
        assertThat(trace.unseen()).isEmpty();
        assertThat(trace.events()).hasSizeGreaterThan(1000);
        SortedMap<String, String> made = whole(trace);
        SortedMap<String, String> found = contentsOf(root);
        assertThat(made.keySet()).isEqualTo(found.keySet());
        found.forEach((name, content) ->
                assertThat(content.equals(made.get(name))).as(name).isTrue());
    }

    @Test
    void a_full_device_refuses_the_write_that_no_longer_fits() throws Exception {
        Path trace = folder.resolve("trace.bin");
        Recorder.Outcome outcome = recorder.run(
                List.of(scribble, root.toString(), "fill"),
                root,
                Map.of("QUORUMARK_FULL_AFTER", "4500"),
                trace,
                folder.resolve("errors.txt"));
        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(outcome.said()).contains("4 written, No space left on device");
        assertThat(root.resolve("file")).hasSize(4000);
        assertThat(Trace.read(trace).events())
                .last()
                .extracting(Trace.Event::kind)
                .isEqualTo(Trace.Kind.REFUSED);
    }

    @Test
    void a_process_is_killed_before_or_after_the_chosen_call() throws Exception {
        for (boolean before : new boolean[] {true, false}) {
            Path trace = folder.resolve("trace.bin");
            Recorder.Outcome outcome = recorder.run(
                    List.of(scribble, root.toString(), "fill"),
                    root,
                    Map.of("QUORUMARK_KILL_AT", (1 << 2) + ":3:" + (before ? "b" : "a")),
                    trace,
                    folder.resolve("errors.txt"));
            assertThat(outcome.exitCode()).isEqualTo(KILLED);
            assertThat(root.resolve("file")).hasSize(before ? 2000 : 3000);
            assertThat(whole(Trace.read(trace))).isEqualTo(contentsOf(root));
            Files.delete(root.resolve("file"));
        }
    }

    @Test
    void what_a_trace_cannot_hold_is_told() throws Exception {
        assertThat(record("ring").unseen()).containsExactly("io_uring");
    }

    private Trace record(String mode) throws Exception {
        return record(List.of(scribble, root.toString(), mode), Map.of());
    }

    private Trace record(List<String> program, Map<String, String> environment) throws Exception {
        Path trace = folder.resolve("trace.bin");
        Recorder.Outcome outcome = recorder.run(program, root, environment, trace, folder.resolve("errors.txt"));
        assertThat(outcome.exitCode()).as(outcome.said()).isZero();
        return Trace.read(trace);
    }

    private SortedMap<String, String> whole(Trace trace) throws IOException {
        FolderImage image = new FolderImage();
        trace.events().forEach(image::apply);
        return written(image);
    }

    private SortedMap<String, String> at(Trace trace, DiskImage.Unsynced unsynced) throws IOException {
        return written(DiskImage.at(trace, trace.events().size(), unsynced, new Random(1)));
    }

    private SortedMap<String, String> written(FolderImage image) throws IOException {
        Path target = folder.resolve("made");
        Folders.delete(target);
        Files.createDirectory(target);
        image.writeTo(root, target);
        return contentsOf(target);
    }

    private static SortedMap<String, String> contentsOf(Path folder) throws IOException {
        SortedMap<String, String> contents = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                contents.put(folder.relativize(path).toString(), Files.readString(path, UTF_8));
            }
        }
        return contents;
    }

    private Path source(String resource, String name) throws IOException {
        Path source = folder.resolve(name);
        try (InputStream in = RecorderTest.class.getResourceAsStream(resource)) {
            Files.write(source, Objects.requireNonNull(in, resource).readAllBytes());
        }
        return source;
    }

    private void run(List<String> command) throws Exception {
        Path errors = folder.resolve("errors.txt");
        assertThat(Recorder.ended(new ProcessBuilder(command), errors))
                .as(() -> command.get(0))
                .isZero();
    }

    private static boolean isInstalled(String program) throws InterruptedException {
        try {
            return new ProcessBuilder(program, "version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    @Test
    void what_a_process_said_is_its_first_lines_and_every_cause(@TempDir Path folder) throws IOException {
        Path errors = Files.writeString(
                folder.resolve("errors.txt"),
                "Exception in thread \"main\" x: failed\n\tat a\n\tat b\n\tat c\n\tat d\nCaused by: y: the disk\n\tat e\n");
        assertThat(Recorder.said(errors))
                .startsWith("[Exception in thread \"main\" x: failed,")
                .endsWith("Caused by: y: the disk]")
                .doesNotContain("at d", "at e");
    }
}

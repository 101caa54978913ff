package io.quorumark.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A process that is killed in the middle of its writes loses none that it had acknowledged. */
class KillTest {
    private static final int ACKNOWLEDGED = 3000;

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "lmdb, lmdb, kept",
        "rocksdb, mapdb, rebuilt: the engine is not crash-consistent",
        "lmdb, " + WriterProcess.TORN + ", rebuilt: it was written at NONE"
    })
    void nothing_acknowledged_is_lost(String logEngine, String stateEngine, String stateOrigin)
            throws IOException, InterruptedException {
        assertNothingLost(logEngine, stateEngine, stateOrigin);
    }

    @Tag("long")
    @ParameterizedTest
    @CsvSource({"rocksdb, rocksdb, kept", "xodus, xodus, kept", "rocksdb, lmdb, kept", "lmdb, xodus, kept"})
    void nothing_acknowledged_is_lost_on_other_pairs(String logEngine, String stateEngine, String stateOrigin)
            throws IOException, InterruptedException {
        assertNothingLost(logEngine, stateEngine, stateOrigin);
    }

    private void assertNothingLost(String logEngine, String stateEngine, String stateOrigin)
            throws IOException, InterruptedException {
        List<Integer> acknowledged = runUntilKilled(logEngine, stateEngine);
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ACKNOWLEDGED);
        try (Group group = Group.start(WriterProcess.config(directory, logEngine, stateEngine))) {
            assertThat(group.cluster().members())
                    .extracting(Member::stateOrigin)
                    .as("origins of the members' states")
                    .allMatch(origin -> origin.startsWith(stateOrigin), stateOrigin);
            group.put("one more", "value");
            group.assertSameContent();
            for (int number : acknowledged) {
                String key = WriterProcess.key(number);
                assertThat(group.get(ReadConsistency.LOCAL, key)).isEqualTo(key);
            }
        }
    }

    private List<Integer> runUntilKilled(String logEngine, String stateEngine)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> !flag.startsWith("-javaagent"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), WriterProcess.class.getName()));
        command.addAll(List.of(directory.toString(), logEngine, stateEngine));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<Integer> acknowledged = new ArrayList<>();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                acknowledged.add(Integer.valueOf(line));
                if (acknowledged.size() == ACKNOWLEDGED) {
                    // by its handle: the process object would close the stream with the last acknowledgements
                    process.toHandle().destroyForcibly();
                }
            }
        }
        process.waitFor();
        return acknowledged;
    }
}

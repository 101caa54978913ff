package io.quorumark.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.engine.KVEngine;
import io.quorumark.raft.jraft.log.EngineLogStorage;
import io.quorumark.raft.jraft.log.LogKeyspaces;
import io.quorumark.raft.state.StateStore;
import io.quorumark.raft.store.KillPoints;
import io.quorumark.raft.timing.WriteStages;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
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
        ClusterConfig config = WriterProcess.config(directory.resolve("group"), logEngine, stateEngine);
        List<String> origins = stateOrigin.equals("kept")
                ? originsOfKilled(config)
                : Collections.nCopies(config.members(), stateOrigin);
        try (Group group = Group.start(config)) {
            assertThat(group.cluster().members())
                    .extracting(Member::stateOrigin)
                    .zipSatisfy(
                            origins, (origin, expected) -> assertThat(origin).startsWith(expected));
            group.put("one more", "value");
            group.assertSameContent();
            for (int number : acknowledged) {
                String key = WriterProcess.key(number);
                assertThat(group.get(ReadConsistency.LOCAL, key)).isEqualTo(key);
            }
        }
    }

    /**
     * What members make of states that survive a kill: they keep them, but for one at most that the kill met at a moment which its two
     * stores tell of. Every entry that is committed then is in the logs of two members, and applied or on its way by their snapshot to none
     * but the third.
     */
    private List<String> originsOfKilled(ClusterConfig config) {
        // a copy: what opens the stores first is the restarted member
        Path copy = directory.resolve("copy");
        KillPoints.copy(config.directory(), copy);
        List<String> origins = new ArrayList<>();
        for (int member = 0; member < config.members(); member++) {
            origins.add(originOfKilled(config, copy.resolve("member-" + member)));
        }
        assertThat(origins).filteredOn("kept"::equals).as("%s", origins).hasSizeGreaterThanOrEqualTo(2);
        return origins;
    }

    private static String originOfKilled(ClusterConfig config, Path member) {
        try (KVEngine engine = config.state()
                        .provider()
                        .open(config.state().at(member.resolve("state"), StateStore.KEYSPACES));
                StateStore state = new StateStore(engine, config.state().durability())) {
            if (state.isLoading()) {
                return "rebuilt: its replacement by a snapshot was cut off";
            }
            return state.appliedIndex() > lastOfLogAndSnapshots(config, member)
                    ? "rebuilt: it was ahead of the log"
                    : "kept";
        }
    }

    private static long lastOfLogAndSnapshots(ClusterConfig config, Path member) {
        long last;
        try (KVEngine engine = config.log().provider().open(config.log().at(member.resolve("log"), LogKeyspaces.ALL));
                EngineLogStorage log = new EngineLogStorage(
                        engine,
                        config.log().provider().capabilities(),
                        config.log().durability(),
                        new WriteStages(),
                        failure -> {
                            throw new AssertionError(failure);
                        })) {
            last = log.getLastLogIndex();
        }
        String[] snapshots = member.resolve("snapshot").toFile().list();
        for (String name : snapshots == null ? new String[0] : snapshots) {
            if (name.startsWith("snapshot_")) {
                last = Math.max(last, Long.parseLong(name.substring("snapshot_".length())));
            }
        }
        return last;
    }

    private List<Integer> runUntilKilled(String logEngine, String stateEngine)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> !flag.startsWith("-javaagent"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), WriterProcess.class.getName()));
        command.addAll(List.of(directory.resolve("group").toString(), logEngine, stateEngine));
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

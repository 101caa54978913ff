package io.quorumark.raft.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.raft.RemoteGroup;
import io.quorumark.raft.linearizability.LinearizabilityVerdict;
import io.quorumark.raft.linearizability.RegisterStore;
import io.quorumark.raft.linearizability.RegisterWorkloadSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Members that are killed with SIGKILL or stopped with SIGSTOP, alone or all at once. */
class ProcessRunTest {
    private static final long LONG_RUN_MILLIS = 4000;
    private static final int LONG_RUNS = 10;

    @TempDir
    Path directory;

    @Test
    void every_answer_can_be_explained_although_members_are_killed_alone_and_all_at_once() throws IOException {
        FaultSchedule schedule = FaultSchedule.parse("""
                at 300 ms kill leader for 300 ms
                at 1500 ms kill all for 100 ms
                at 2500 ms kill follower for 100 ms
                """);
        run(directory, "rocksdb", "lmdb", 1, schedule).requireLinearizable();
    }

    @Test
    void every_answer_can_be_explained_although_members_are_stopped_for_longer_than_an_election_takes()
            throws IOException {
        FaultSchedule schedule = FaultSchedule.parse("""
                at 300 ms pause leader for 1200 ms
                at 1700 ms pause follower for 500 ms
                at 2400 ms pause all for 400 ms
                at 3000 ms pause leader for 900 ms
                """);
        run(directory, "memory", "memory", 2, schedule).requireLinearizable();
    }

    @Tag("long")
    @ParameterizedTest
    @CsvSource({"rocksdb, rocksdb", "lmdb, lmdb", "xodus, rocksdb", "memory, mapdb"})
    void every_answer_of_many_runs_can_be_explained(String logEngine, String stateEngine) throws IOException {
        for (int run = 0; run < LONG_RUNS; run++) {
            FaultSchedule schedule =
                    FaultSchedule.draw(run, EnumSet.of(Fault.Kind.KILL, Fault.Kind.PAUSE), LONG_RUN_MILLIS);
            run(directory.resolve("run-" + run), logEngine, stateEngine, run, schedule)
                    .requireLinearizable();
        }
    }

    @Test
    void a_log_that_is_acknowledged_before_it_is_written_is_caught_when_all_are_killed() throws IOException {
        FaultSchedule schedule = FaultSchedule.parse("at 800 ms kill all for 100 ms\nat 1600 ms kill all for 100 ms");
        // a write that is in doubt can explain a record that was lost; of so many records, some are read first
        RegisterWorkloadSpec onManyRecords =
                new RegisterWorkloadSpec(3, 6, 24, Duration.ofMillis(4), RegisterWorkloadSpec.Mix.UNIQUE_VALUES);
        CheckedRun run = run(directory, MemberProcess.notSynced("rocksdb"), "memory", onManyRecords, schedule);
        assertThat(run.verdict()).as(run.verdict().describe()).isInstanceOf(LinearizabilityVerdict.Violation.class);
    }

    private static CheckedRun run(
            Path directory, String logEngine, String stateEngine, long seed, FaultSchedule schedule)
            throws IOException {
        return run(directory, logEngine, stateEngine, RegisterWorkloadSpec.of(seed), schedule);
    }

    private static CheckedRun run(
            Path directory, String logEngine, String stateEngine, RegisterWorkloadSpec spec, FaultSchedule schedule)
            throws IOException {
        Files.createDirectories(directory);
        try (ProcessGroup group = ProcessGroup.start(directory, logEngine, stateEngine);
                RemoteGroup one = group.newClient();
                RemoteGroup another = group.newClient()) {
            List<RegisterStore> ways = List.of(RegisterStore.of(one), RegisterStore.of(another));
            return CheckedRun.of("processes on " + logEngine, spec, ways, schedule, group);
        }
    }
}

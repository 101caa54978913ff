package io.quorumark.raft.nemesis;

import io.quorumark.raft.Await;
import io.quorumark.raft.linearizability.History;
import io.quorumark.raft.linearizability.LinearizabilityChecker;
import io.quorumark.raft.linearizability.LinearizabilityVerdict;
import io.quorumark.raft.linearizability.OperationHistoryFile;
import io.quorumark.raft.linearizability.RegisterStore;
import io.quorumark.raft.linearizability.RegisterWorkload;
import io.quorumark.raft.linearizability.RegisterWorkloadSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Clients at work while a schedule is carried out, and the checker's word on what they were told. */
final class CheckedRun {
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(10);
    private static final int ANSWERS_AT_THE_END = 50;

    private final String name;
    private final FaultSchedule schedule;
    private final List<String> deeds;
    private final History history;
    private final LinearizabilityVerdict verdict;

    private CheckedRun(String name, FaultSchedule schedule, List<String> deeds, History history) {
        this.name = name;
        this.schedule = schedule;
        this.deeds = deeds;
        this.history = history;
        this.verdict = new LinearizabilityChecker().check(history);
    }

    /** Returns after the schedule, when the group has answered again; fails where it does not. */
    static CheckedRun of(
            String name, RegisterWorkloadSpec spec, List<RegisterStore> ways, FaultSchedule schedule, Victims victims) {
        try (RegisterWorkload clients = RegisterWorkload.start(spec, ways)) {
            Await.until("the group answers", () -> clients.answered() > ANSWERS_AT_THE_END);
            List<String> deeds = Nemesis.unleash(schedule, victims);
            long before = clients.answered();
            Await.until("the group answers again", () -> clients.answered() > before + ANSWERS_AT_THE_END);
            return new CheckedRun(name, schedule, deeds, clients.stop(LAST_ANSWERS));
        }
    }

    History history() {
        return history;
    }

    LinearizabilityVerdict verdict() {
        return verdict;
    }

    /** Fails where an answer cannot be explained, with all that is needed to look into it; keeps the history. */
    void requireLinearizable() throws IOException {
        if (verdict instanceof LinearizabilityVerdict.Linearizable) {
            return;
        }
        Path file = Files.createTempFile(Files.createDirectories(Path.of("target", "histories")), "failed-", ".jsonl");
        OperationHistoryFile.write(history, file);
        throw new AssertionError(String.join(
                "\n",
                name + "; history in " + file,
                schedule.toString(),
                String.join("\n", deeds),
                verdict.describe()));
    }
}

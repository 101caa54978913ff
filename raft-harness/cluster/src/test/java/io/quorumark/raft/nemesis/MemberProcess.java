package io.quorumark.raft.nemesis;

import io.quorumark.engine.EngineProvider;
import io.quorumark.raft.Engines;
import io.quorumark.raft.MemberConfig;
import io.quorumark.raft.MemberNode;
import io.quorumark.raft.RaftSettings;
import io.quorumark.raft.SnapshotPolicy;
import io.quorumark.raft.StoreSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The main class of a process that is one member, until its standard input ends: with the process that started it, or earlier. */
final class MemberProcess {
    static final String GROUP = "killed-group";
    private static final String NOT_SYNCED = "not-synced:";
    private static final Duration ELECTION_TIMEOUT = Duration.ofMillis(300);
    private static final Duration OPERATION_TIMEOUT = Duration.ofSeconds(2);
    private static final long SNAPSHOT_EVERY = 500;

    private MemberProcess() {}

    /** @param arguments id, folder, log engine (after {@code not-synced:} where it is to lie), state engine, then the ids of all members */
    public static void main(String[] arguments) throws IOException {
        List<String> members = List.of(arguments).subList(4, arguments.length);
        try (MemberNode node = MemberNode.start(new MemberConfig(
                GROUP,
                arguments[0],
                members,
                Path.of(arguments[1]),
                logOn(arguments[2]),
                Engines.spec(arguments[3]),
                RaftSettings.DEFAULTS.withElectionTimeout(ELECTION_TIMEOUT).withSnapshots(snapshotsOn(arguments[2])),
                OPERATION_TIMEOUT))) {
            System.out.println("started " + node.member().id());
            while (System.in.read() >= 0) {
                // only the end matters
            }
        }
    }

    private static StoreSpec logOn(String engine) {
        if (!engine.startsWith(NOT_SYNCED)) {
            return Engines.spec(engine);
        }
        EngineProvider real = Engines.byId(engine.substring(NOT_SYNCED.length()));
        return Engines.spec(new UnsyncedLog(real));
    }

    /** A snapshot would keep what the lying log loses. */
    private static SnapshotPolicy snapshotsOn(String logEngine) {
        return logEngine.startsWith(NOT_SYNCED)
                ? SnapshotPolicy.ON_DEMAND
                : SnapshotPolicy.everyEntries(SNAPSHOT_EVERY);
    }

    static String notSynced(String engine) {
        return NOT_SYNCED + engine;
    }
}

package io.quorumark.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.Session;
import io.quorumark.engine.WriteBatch;
import io.quorumark.raft.nemesis.WrappedProvider;
import io.quorumark.raft.nemesis.WrappedSession;
import io.quorumark.raft.store.KillPoints;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A leader acknowledges and applies what the two others have stored, although its own log is still at it. */
class AheadOfLogTest {
    @TempDir
    Path directory;

    @Test
    void a_leader_that_is_killed_ahead_of_its_log_rebuilds_its_state_and_the_group_has_lost_nothing() {
        Path live = directory.resolve("live");
        Path left = directory.resolve("left");
        HeldCommits log = new HeldCommits(Engines.byId("lmdb"));
        int leader;
        try (Group group = Group.start(config(live, log))) {
            group.put("before", "value");
            leader = group.leader().index();
            log.hold(live.resolve("member-" + leader));
            try {
                group.put("during", "value");
                group.assertSameContent();
                KillPoints.copy(live, left);
            } finally {
                log.release();
            }
        }
        try (Group group = Group.start(config(left, Engines.byId("lmdb")))) {
            for (Member member : group.cluster().members()) {
                assertThat(member.stateOrigin())
                        .isEqualTo(member.index() == leader ? "rebuilt: it was ahead of the log" : "kept");
            }
            for (String key : List.of("before", "during")) {
                assertThat(group.get(key)).isEqualTo("value");
            }
            group.put("after", "value");
            assertThat(group.assertSameContent().recordCount()).isEqualTo(3);
        }
    }

    private static ClusterConfig config(Path folder, EngineProvider log) {
        return ClusterConfig.of(folder, Engines.spec(log), Engines.spec("lmdb"))
                .withElectionTimeout(Duration.ofSeconds(1));
    }

    /** An engine whose commits wait, in the folder of one member. */
    private static final class HeldCommits extends WrappedProvider {
        private static final int ENOUGH = 1_000_000;

        private final Semaphore passes = new Semaphore(0);
        private volatile Path held = Path.of("none");

        HeldCommits(EngineProvider real) {
            super(real);
        }

        void hold(Path folder) {
            held = folder;
        }

        /** For good. */
        void release() {
            passes.release(ENOUGH);
        }

        @Override
        protected Session wrap(Session session, EngineConfig config) {
            return new WrappedSession(session) {
                @Override
                public void commit(WriteBatch batch, Durability durability) {
                    if (config.directory().startsWith(held)) {
                        passes.acquireUninterruptibly();
                    }
                    super.commit(batch, durability);
                }
            };
        }
    }
}

package io.quorumark.raft.store;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Keyspace;
import io.quorumark.raft.Await;
import io.quorumark.raft.Engines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionPoolTest {
    @TempDir
    Path directory;

    private KVEngine open() {
        return Engines.byId("rocksdb")
                .open(EngineConfig.of(
                        directory.resolve("engine"),
                        Keyspace.listOf("a"),
                        Engines.spec("rocksdb").durability()));
    }

    @Test
    void a_session_given_back_is_lent_again() {
        try (KVEngine engine = open();
                SessionPool pool = new SessionPool(engine)) {
            PooledSession first = requireNonNull(pool.borrow());
            PooledSession second = requireNonNull(pool.borrow());
            assertThat(second).isNotSameAs(first);
            pool.release(first);
            assertThat(pool.borrow()).isSameAs(first);
            pool.release(first);
            pool.release(second);
        }
    }

    @Test
    void more_borrowers_than_slots_are_served_and_every_session_is_closed() {
        try (KVEngine engine = open();
                SessionPool pool = new SessionPool(engine)) {
            List<PooledSession> borrowed = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                borrowed.add(requireNonNull(pool.borrow()));
            }
            assertThat(borrowed).doesNotHaveDuplicates();
            borrowed.forEach(pool::release);
        }
    }

    @Test
    void closing_waits_for_the_last_borrower_and_lends_nothing_more() throws InterruptedException {
        try (KVEngine engine = open()) {
            SessionPool pool = new SessionPool(engine);
            PooledSession borrowed = requireNonNull(pool.borrow());
            Thread closer = new Thread(pool::close);
            closer.start();
            Await.until("the pool lends nothing more", () -> {
                PooledSession late = pool.borrow();
                if (late != null) {
                    pool.release(late);
                }
                return late == null;
            });
            assertThat(closer.isAlive()).isTrue();
            pool.release(borrowed);
            closer.join();
            pool.close();
        }
    }
}

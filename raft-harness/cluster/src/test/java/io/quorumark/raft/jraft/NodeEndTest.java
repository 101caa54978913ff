package io.quorumark.raft.jraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.raft.ClusterException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

class NodeEndTest {
    @Test
    void a_node_that_ends_has_ended_on_return() throws Exception {
        AtomicBoolean ended = new AtomicBoolean();
        NodeEnd.await(() -> ended.set(true), "n1", NodeEnd.LIMIT);
        assertThat(ended).isTrue();
    }

    @Test
    void a_node_that_waits_for_a_lock_for_ever_is_told_with_the_place_where_it_waits() {
        ReentrantLock held = new ReentrantLock();
        held.lock();
        try {
            assertThatThrownBy(() -> NodeEnd.await(held::lock, "n1", Duration.ofSeconds(2)))
                    .isInstanceOf(ClusterException.MemberFailed.class)
                    .hasMessageContaining("member n1 has not ended 2 s after it was stopped")
                    .cause()
                    .satisfies(where -> assertThat(where.getStackTrace())
                            .anyMatch(frame -> frame.getClassName().equals(ReentrantLock.class.getName())));
        } finally {
            held.unlock();
        }
    }

    @Test
    void a_node_that_throws_where_it_ends_is_told() {
        assertThatThrownBy(() -> NodeEnd.await(
                        () -> {
                            throw new IllegalStateException("still busy");
                        },
                        "n1",
                        NodeEnd.LIMIT))
                .isInstanceOf(ClusterException.MemberFailed.class)
                .hasMessageContaining("member n1 does not end")
                .hasMessageContaining("still busy");
    }
}

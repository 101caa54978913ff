package io.quorumark.raft.jraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorumark.raft.ClusterException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NodeEndTest {
    private static void never(@Nullable Throwable late) {
        throw new AssertionError("in time", late);
    }

    @Test
    void a_node_that_ends_has_ended_on_return() throws Exception {
        AtomicBoolean ended = new AtomicBoolean();
        NodeEnd.await(() -> ended.set(true), "n1", NodeEnd.LIMIT, NodeEndTest::never);
        assertThat(ended).isTrue();
    }

    @Test
    void a_node_that_waits_for_a_lock_for_ever_is_told_with_the_place_where_it_waits() throws Exception {
        ReentrantLock held = new ReentrantLock();
        held.lock();
        CompletableFuture<@Nullable Throwable> late = new CompletableFuture<>();
        try {
            assertThatThrownBy(() -> NodeEnd.await(held::lock, "n1", Duration.ofSeconds(2), late::complete))
                    .isInstanceOf(ClusterException.MemberFailed.class)
                    .hasMessageContaining("member n1 has not ended 2 s after it was stopped")
                    .cause()
                    .satisfies(where -> assertThat(where.getStackTrace())
                            .anyMatch(frame -> frame.getClassName().equals(ReentrantLock.class.getName())));
        } finally {
            assertThat(late).isNotDone();
            held.unlock();
        }
        assertThat(late.get(20, TimeUnit.SECONDS)).as("what the late end threw").isNull();
    }

    @Test
    void the_end_of_a_node_that_nobody_waits_for_any_more_is_told_with_what_it_threw() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        CompletableFuture<@Nullable Throwable> late = new CompletableFuture<>();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> NodeEnd.await(
                        () -> {
                            held.await();
                            throw new IllegalStateException("still busy");
                        },
                        "n1",
                        NodeEnd.LIMIT,
                        late::complete))
                .isInstanceOf(InterruptedException.class);
        assertThat(late).isNotDone();
        held.countDown();
        assertThat(late.get(20, TimeUnit.SECONDS)).hasMessage("still busy");
    }

    @Test
    void a_node_that_throws_where_it_ends_is_told() {
        assertThatThrownBy(() -> NodeEnd.await(
                        () -> {
                            throw new IllegalStateException("still busy");
                        },
                        "n1",
                        NodeEnd.LIMIT,
                        NodeEndTest::never))
                .isInstanceOf(ClusterException.MemberFailed.class)
                .hasMessageContaining("member n1 does not end")
                .hasMessageContaining("still busy");
    }
}

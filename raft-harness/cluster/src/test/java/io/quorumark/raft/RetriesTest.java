package io.quorumark.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.raft.command.WriteResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RetriesTest {
    private static final RaftFailure LATE = new RaftFailure(RaftFailure.Code.NO_LEADER, "late");

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    private final Retries retries = new Retries(executor, "the client");
    private final List<RaftFailure> ended = new ArrayList<>();

    @AfterEach
    void shutDown() {
        executor.shutdownNow();
    }

    private static long soon() {
        return System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    }

    @Test
    void an_operation_is_tried_again_while_it_has_time() throws Exception {
        CountDownLatch tried = new CountDownLatch(1);

        retries.orFail(soon(), LATE, ended::add, tried::countDown);

        assertThat(tried.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(ended).isEmpty();
    }

    @Test
    void one_whose_time_is_up_ends_with_what_the_caller_says() throws Exception {
        retries.orFail(System.nanoTime() - 1, LATE, ended::add, () -> ended.clear());

        executor.shutdown(); // runs what was scheduled
        assertThat(executor.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        assertThat(ended).containsExactly(LATE);
    }

    @Test
    void nothing_is_tried_again_after_a_close() {
        executor.shutdown();

        retries.orFail(soon(), LATE, ended::add, () -> {});

        assertThat(ended).containsExactly(new RaftFailure(RaftFailure.Code.UNAVAILABLE, "the client is closed"));
    }

    @Test
    void an_attempt_that_throws_is_reported_ends_its_operation_and_stops_no_other() throws Exception {
        CountDownLatch next = new CountDownLatch(1);
        List<Throwable> reported = new ArrayList<>();
        retries.orFail(soon(), LATE, ended::add, () -> {
            Thread.currentThread().setUncaughtExceptionHandler((thread, defect) -> reported.add(defect));
            throw new IllegalStateException("a defect");
        });
        retries.orFail(soon(), LATE, ended::add, next::countDown);

        assertThat(next.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(reported).singleElement().isInstanceOf(IllegalStateException.class);
        assertThat(ended)
                .containsExactly(new RaftFailure(
                        RaftFailure.Code.UNAVAILABLE,
                        "it failed by a defect: java.lang.IllegalStateException: a defect"));
    }

    @Test
    void what_a_write_whose_attempt_throws_has_come_to_is_not_known() throws Exception {
        CompletableFuture<RaftFailure> failed = new CompletableFuture<>();
        WriteCallback callback = new WriteCallback() {
            @Override
            public void onSuccess(WriteResult result) {
                throw new AssertionError("no member took it");
            }

            @Override
            public void onFailure(RaftFailure failure) {
                failed.complete(failure);
            }
        };
        PendingWrite write = new PendingWrite(refused -> {}, new byte[0], callback, TimeUnit.MINUTES.toNanos(1));
        retries.write(write, again -> {
            Thread.currentThread().setUncaughtExceptionHandler((thread, defect) -> {});
            throw new OutOfMemoryError("unable to create native thread");
        });

        assertThat(failed.get(20, TimeUnit.SECONDS).code()).isEqualTo(RaftFailure.Code.UNKNOWN_OUTCOME);
    }
}

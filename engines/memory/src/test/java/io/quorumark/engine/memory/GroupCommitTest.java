package io.quorumark.engine.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.Keyspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupCommitTest {
    private static final int WRITERS = 3;

    @TempDir
    Path parent;

    @Test
    void an_error_in_one_commit_ends_that_one_and_the_others_of_its_group_are_forced() throws Exception {
        OutOfMemoryError error = new OutOfMemoryError("thrown by a test");
        AtomicReferenceArray<@Nullable Throwable> ends = run(error, null);
        assertThat(ends.get(0)).isNull();
        assertThat(List.of(1, 2))
                .filteredOn(writer -> ends.get(writer) == error)
                .hasSize(1);
        assertThat(List.of(1, 2)).filteredOn(writer -> ends.get(writer) == null).hasSize(1);
    }

    @Test
    void an_error_while_forcing_ends_every_commit_of_the_group() throws Exception {
        OutOfMemoryError error = new OutOfMemoryError("thrown by a test");
        AtomicReferenceArray<@Nullable Throwable> ends = run(null, error);
        for (int writer = 0; writer < WRITERS; writer++) {
            assertThat(ends.get(writer)).isSameAs(error);
        }
    }

    /**
     * The first writer leads when the others wait.
     *
     * @param second what the second commit of the group throws when it is applied
     * @return what each writer's commit threw
     */
    private AtomicReferenceArray<@Nullable Throwable> run(@Nullable Error second, @Nullable Error forced)
            throws Exception {
        AtomicReferenceArray<@Nullable Throwable> ends = new AtomicReferenceArray<>(WRITERS);
        List<Thread> threads = new ArrayList<>();
        CountDownLatch leads = new CountDownLatch(1);
        CountDownLatch othersWait = new CountDownLatch(1);
        AtomicInteger applied = new AtomicInteger();
        GroupCommit groups = new GroupCommit(new GroupCommit.Steps() {
            @Override
            public long apply(MemoryBatch batch, @Nullable MemoryTransaction transaction) {
                int number = applied.incrementAndGet();
                if (number == 1) {
                    leads.countDown();
                    await(othersWait);
                }
                if (number == 2 && second != null) {
                    throw second;
                }
                return number;
            }

            @Override
            public void force(long sequence) {
                if (forced != null) {
                    throw forced;
                }
            }
        });
        EngineConfig config = EngineConfig.of(parent.resolve("engine"), Keyspace.listOf("kv"), Durability.POWER_LOSS);
        try (MemoryEngine engine = MemoryEngine.open(config, MemorySettings.of(config));
                MemoryBatch batch = new MemoryBatch(engine, null)) {
            for (int writer = 0; writer < WRITERS; writer++) {
                int number = writer;
                Thread thread = new Thread(() -> {
                    try {
                        groups.commit(batch, null);
                    } catch (Throwable e) {
                        ends.set(number, e);
                    }
                });
                thread.setDaemon(true);
                threads.add(thread);
                thread.start();
                await(leads);
                while (number > 0 && thread.getState() != Thread.State.WAITING) {
                    Thread.onSpinWait();
                }
            }
            othersWait.countDown();
            for (Thread thread : threads) {
                thread.join();
            }
        }
        return ends;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while waiting for another thread", e);
        }
    }
}

package io.quorumark.engine.mapdb;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class ReadersAndWriterTest {
    private static final int READS = 10_000;

    private final ReadersAndWriter turns = new ReadersAndWriter();
    private final List<String> ended = new CopyOnWriteArrayList<>();

    @Test
    void a_reader_that_comes_later_does_not_go_before_a_writer_that_waits() throws Exception {
        long first = turns.beginReading();
        Thread writer = begun(() -> {
            long stamp = turns.beginWriting();
            ended.add("writer");
            turns.endWriting(stamp);
        });
        Thread reader = begun(() -> {
            long stamp = turns.beginReading();
            ended.add("reader");
            turns.endReading(stamp);
        });
        turns.endReading(first);
        writer.join();
        reader.join();
        assertThat(ended).containsExactly("writer", "reader");
    }

    /** Which waits for its turn by then, or has had it. */
    private static Thread begun(Runnable work) {
        Thread thread = new Thread(work, "turn of a test");
        thread.start();
        while (thread.getState() != Thread.State.WAITING && thread.isAlive()) {
            Thread.onSpinWait();
        }
        return thread;
    }

    @Test
    void reads_go_together_and_are_told_of_writes_beside_them() throws Exception {
        long looked = turns.lookBeside();
        long first = turns.beginReading();
        long second = CompletableFuture.supplyAsync(turns::beginReading).get();
        assertThat(turns.isUntouched(looked)).isTrue();
        turns.endReading(first);
        turns.endReading(second);
        long stamp = turns.beginWriting();
        assertThat(turns.lookBeside()).isZero();
        turns.endWriting(stamp);
        assertThat(turns.isUntouched(looked)).isFalse();
    }

    @Test
    void a_reader_beside_another_allocates_nothing() throws Exception {
        long first = turns.beginReading();
        CompletableFuture<Long> allocated = CompletableFuture.supplyAsync(() -> {
            long unused = allocatedBytes();
            return allocatedBytes();
        });
        assertThat(allocated.get()).as("bytes for %d reads", READS).isLessThan(READS);
        turns.endReading(first);
    }

    private long allocatedBytes() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < READS; i++) {
            turns.endReading(turns.beginReading());
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}

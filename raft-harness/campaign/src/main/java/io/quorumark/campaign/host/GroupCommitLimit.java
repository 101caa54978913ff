package io.quorumark.campaign.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How many writes a second a group whose members share one device could acknowledge at {@code POWER_LOSS}, if appending to a file and
 * syncing it were all that a member does: the members append the same batch, each to a file of its own and all at once, and the next batch
 * follows when a majority has synced. A batch is as many writes as are outstanding.
 */
public final class GroupCommitLimit {
    /** What a log keeps of a write with a 16-byte key and a 100-byte value, roughly. */
    static final int ENTRY_BYTES = 160;

    private final int members;
    private final int outstanding;
    private final Object turn = new Object();
    private final long[] synced;
    private long wanted;
    private boolean ended;

    private GroupCommitLimit(int members, int outstanding) {
        this.members = members;
        this.outstanding = outstanding;
        this.synced = new long[members];
    }

    /**
     * @param folder on the device that is meant; the files are removed again
     * @return acknowledged writes a second
     */
    public static double measure(Path folder, int members, int outstanding, Duration duration)
            throws IOException, InterruptedException {
        return new GroupCommitLimit(members, outstanding).run(folder, duration);
    }

    private double run(Path folder, Duration duration) throws IOException, InterruptedException {
        Path own = Files.createTempDirectory(folder, "group-commit-");
        List<Thread> threads = new ArrayList<>();
        List<RuntimeException> failures = new ArrayList<>();
        for (int member = 0; member < members; member++) {
            int number = member;
            Thread thread = new Thread(() -> follow(own.resolve("member-" + number), number), "group-commit-" + member);
            thread.setUncaughtExceptionHandler((failed, cause) -> {
                synchronized (turn) {
                    failures.add(new IllegalStateException(failed.getName() + " failed", cause));
                    ended = true;
                    turn.notifyAll();
                }
            });
            thread.start();
            threads.add(thread);
        }
        long began = System.nanoTime();
        long batches = lead(began + duration.toNanos());
        double seconds = (System.nanoTime() - began) / 1e9;
        for (Thread thread : threads) {
            thread.join();
        }
        for (int member = 0; member < members; member++) {
            Files.deleteIfExists(own.resolve("member-" + member));
        }
        Files.delete(own);
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
        return batches * outstanding / seconds;
    }

    private long lead(long untilNanos) throws InterruptedException {
        synchronized (turn) {
            while (!ended && System.nanoTime() - untilNanos < 0) {
                wanted++;
                turn.notifyAll();
                while (!ended && syncedByMajority() < wanted) {
                    turn.wait();
                }
            }
            long batches = ended ? 0 : wanted;
            ended = true;
            turn.notifyAll();
            return batches;
        }
    }

    private long syncedByMajority() {
        long[] sorted = synced.clone();
        Arrays.sort(sorted);
        return sorted[members - 1 - members / 2];
    }

    private void follow(Path file, int member) {
        ByteBuffer batch = ByteBuffer.allocateDirect(outstanding * ENTRY_BYTES);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (long next = awaitBatch(0); next > 0; next = awaitBatch(next)) {
                batch.clear();
                while (batch.hasRemaining()) {
                    channel.write(batch);
                }
                channel.force(false);
                synchronized (turn) {
                    synced[member] = next;
                    turn.notifyAll();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The newest batch wanted after {@code last}; 0 if there will be none. */
    private long awaitBatch(long last) {
        synchronized (turn) {
            while (!ended && wanted == last) {
                try {
                    turn.wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return 0;
                }
            }
            return ended ? 0 : wanted;
        }
    }
}

package io.quorumark.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.engine.Durability;
import io.quorumark.raft.command.CommandEncoder;
import io.quorumark.raft.command.WriteResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * That a member which goes on and on needs disk for its content and for the log since the last snapshot but one, not
 * for all that was ever written. With the defaults of members in processes of their own, scaled down.
 */
class MemberDiskTest {
    private static final int SCALE = 256;
    private static final SnapshotPolicy SCALED = new SnapshotPolicy(
            SnapshotPolicy.MEMBER_DEFAULTS.everyEntries() / SCALE,
            SnapshotPolicy.MEMBER_DEFAULTS.everyBytes() / SCALE,
            SnapshotPolicy.MEMBER_DEFAULTS.retain());

    private static final int KEYS = 50;
    private static final int OUTSTANDING = 16;
    private static final long WRITTEN_BYTES = 64L << 20;

    /** What was cut off is deleted a second later: what is written until then may lie on the disk as well. */
    private static final int PARTS = 4;

    private static final long BUFFER_BYTES = 512L << 10;

    /**
     * What two engines need for themselves, log and state. RocksDB keeps write-ahead logs of up to four times its write
     * buffers, of which each of three keyspaces and its own one have two, and files of that size until they are merged.
     */
    private static final long ENGINES_BYTES = 2 * (4 * 4 * 2 + 8) * BUFFER_BYTES;

    @TempDir
    Path directory;

    private ClusterConfig config(SnapshotPolicy snapshots) {
        StoreSpec store = new StoreSpec(
                Engines.byId("rocksdb"),
                Durability.PROCESS_CRASH,
                16L << 20,
                1,
                1L << 30,
                Map.of("write_buffer_bytes", Long.toString(BUFFER_BYTES)));
        return ClusterConfig.of(directory, store, store)
                .withMembers(1)
                .withElectionTimeout(Duration.ofMillis(300))
                .withSnapshots(snapshots);
    }

    /** By bytes: entries of 4 KiB reach 1 MiB first. By entries: those of 1 KiB reach 781 of them first. */
    @ParameterizedTest
    @ValueSource(ints = {4096, 1024})
    void log_and_disk_of_a_member_are_bounded_in_bytes_by_the_scaled_defaults(int valueBytes) {
        long logBytesAtMost = 2 * SCALED.everyBytes();
        try (Group group = Group.start(config(SCALED))) {
            Member member = group.leader();
            long mostDiskBytes = 0;
            for (int part = 0; part < PARTS; part++) {
                write(group, valueBytes, WRITTEN_BYTES / PARTS);
                Await.until(
                        "what was cut off is deleted", () -> member.logBounds().undeletedEntries() == 0);
                mostDiskBytes = Math.max(mostDiskBytes, diskBytes());
            }
            // a snapshot is not begun while one is taken, and the log is dropped on a thread of its own
            Await.until("the log is cut", () -> {
                write(group, valueBytes, SCALED.everyBytes() / 4);
                return logBytes(member, valueBytes) <= logBytesAtMost;
            });
            assertThat(mostDiskBytes).isLessThan(ENGINES_BYTES + logBytesAtMost + WRITTEN_BYTES / PARTS);
        }
    }

    /** The other test could not fail if the disk stayed small without snapshots too. */
    @Test
    void without_snapshots_the_disk_holds_all_that_was_written() {
        try (Group group = Group.start(config(SnapshotPolicy.ON_DEMAND))) {
            write(group, 4096, WRITTEN_BYTES);
            assertThat(logBytes(group.leader(), 4096)).isGreaterThanOrEqualTo(WRITTEN_BYTES);
            assertThat(diskBytes()).isGreaterThan(WRITTEN_BYTES);
        }
    }

    private static long logBytes(Member member, int valueBytes) {
        LogBounds bounds = member.logBounds();
        return (bounds.lastIndex() - bounds.firstIndex() + 1) * valueBytes;
    }

    /** Engines delete files while this looks. */
    private long diskBytes() {
        AtomicLong bytes = new AtomicLong();
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    bytes.addAndGet(attributes.size());
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                    if (failure instanceof NoSuchFileException) {
                        return FileVisitResult.CONTINUE;
                    }
                    throw failure;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.get();
    }

    /** Values that do not compress, over the same few keys again and again. */
    private static void write(Group group, int valueBytes, long bytes) {
        byte[] value = new byte[valueBytes];
        new Random(1).nextBytes(value);
        Semaphore room = new Semaphore(OUTSTANDING);
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        for (long i = 0; i < bytes / valueBytes; i++) {
            byte[] key = Group.bytes("key" + i % KEYS);
            room.acquireUninterruptibly();
            CompletableFuture<WriteResult> unused = group.submit(
                            CommandEncoder.put(key, key.length, value, value.length))
                    .whenComplete((result, failure) -> {
                        if (failure != null) {
                            failures.add(failure);
                        }
                        room.release();
                    });
        }
        room.acquireUninterruptibly(OUTSTANDING);
        assertThat(failures).isEmpty();
    }
}

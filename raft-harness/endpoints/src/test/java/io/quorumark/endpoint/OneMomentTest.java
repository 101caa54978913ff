package io.quorumark.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.raft.ReadConsistency;
import io.quorumark.raft.command.CommandBatch;
import io.quorumark.raft.command.CommandEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keys that one log entry writes are read together, however often they are written meanwhile. */
class OneMomentTest {
    private static final int READS = 3_000;
    private static final List<byte[]> KEYS = IntStream.range(0, 64)
            .mapToObj(number -> ("key" + number).getBytes(StandardCharsets.US_ASCII))
            .toList();

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(ReadConsistency.class)
    void several_keys_are_read_as_one_log_entry_left_them(ReadConsistency consistency) throws Exception {
        try (TestGroup group = new TestGroup(folder, 1)) {
            Records records = new Records(group.leader());
            records.write(puts(0)).join();
            AtomicBoolean done = new AtomicBoolean();
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
                for (int round = 1; !done.get(); round++) {
                    records.write(puts(round)).join();
                }
            });
            try {
                for (int i = 0; i < READS; i++) {
                    assertThat(records.getAll(consistency, KEYS, bytes -> true).join().stream()
                                    .map(value -> new String(value, StandardCharsets.US_ASCII))
                                    .distinct())
                            .as("values of one MGET")
                            .hasSize(1);
                }
            } finally {
                done.set(true);
                writer.join();
            }
        }
    }

    @Test
    void keys_that_one_log_entry_writes_and_deletes_are_counted_together() throws Exception {
        try (TestGroup group = new TestGroup(folder, 1)) {
            Records records = new Records(group.leader());
            AtomicBoolean done = new AtomicBoolean();
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
                for (int round = 1; !done.get(); round++) {
                    records.write(round % 2 == 1 ? puts(round) : deletes()).join();
                }
            });
            try {
                for (int i = 0; i < READS; i++) {
                    assertThat(records.countOf(ReadConsistency.LOCAL, KEYS).join())
                            .isIn(0L, (long) KEYS.size());
                }
            } finally {
                done.set(true);
                writer.join();
            }
        }
    }

    private static byte[] puts(int round) {
        CommandBatch batch = CommandEncoder.batch();
        byte[] value = Integer.toString(round).getBytes(StandardCharsets.US_ASCII);
        KEYS.forEach(key -> batch.put(key, key.length, value, value.length));
        return batch.toCommand();
    }

    private static byte[] deletes() {
        CommandBatch batch = CommandEncoder.batch();
        KEYS.forEach(key -> batch.delete(key, key.length));
        return batch.toCommand();
    }
}

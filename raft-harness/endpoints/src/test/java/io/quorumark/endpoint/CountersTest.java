package io.quorumark.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.raft.Member;
import io.quorumark.raft.ReadConsistency;
import io.quorumark.raft.command.CommandEncoder;
import io.quorumark.raft.command.WriteResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An increment counts once or not at all, and says which, while leaders come and go. */
class CountersTest {
    private static final byte[] KEY = {'n'};
    private static final int LEADERS = 6;
    private static final int BETWEEN_LEADERS = 200;

    @TempDir
    Path folder;

    private final Set<Long> sums = ConcurrentHashMap.newKeySet();
    private final LongAdder acknowledged = new LongAdder();
    private final LongAdder unknown = new LongAdder();
    private final AtomicBoolean enough = new AtomicBoolean();

    @Test
    void no_increment_is_lost_or_counted_twice_while_leaders_change() {
        try (TestGroup group = new TestGroup(folder, 3)) {
            List<CompletableFuture<Void>> writers = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                Records records = new Records(group.cluster().members().get(i % 3));
                writers.add(CompletableFuture.runAsync(() -> {
                    while (!enough.get()) {
                        increment(records);
                    }
                }));
            }
            for (int i = 1; i <= LEADERS; i++) {
                long goal = (long) i * BETWEEN_LEADERS;
                Await.until("increments go on", () -> acknowledged.sum() >= goal);
                Member leader = group.leader();
                leader.transferLeadershipTo(group.aFollower().id(), Duration.ofSeconds(20))
                        .join();
            }
            long goal = (LEADERS + 1L) * BETWEEN_LEADERS;
            Await.until("increments go on", () -> acknowledged.sum() >= goal);
            enough.set(true);
            writers.forEach(CompletableFuture::join);

            byte[] value = new Records(group.leader())
                    .get(ReadConsistency.LINEARIZABLE, KEY, bytes -> true)
                    .join();
            long counted = Long.parseLong(new String(value, StandardCharsets.US_ASCII));
            assertThat(counted).isBetween(acknowledged.sum(), acknowledged.sum() + unknown.sum());
            assertThat(sums).as("every answer is another sum").hasSize(acknowledged.intValue());
        }
    }

    private void increment(Records records) {
        try {
            WriteResult result =
                    records.write(CommandEncoder.add(KEY, KEY.length, 1)).join();
            assertThat(result.isApplied()).isTrue();
            sums.add(result.number());
            acknowledged.increment();
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof Records.Failed failed)) {
                throw e;
            }
            if (failed.failure().outcomeUnknown()) {
                unknown.increment();
            }
        }
    }
}

package io.quorumark.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Reader;
import io.quorumark.raft.command.CommandEncoder;
import io.quorumark.raft.command.WriteResult;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A cluster with words for tests: operations that wait for their answers, and text for keys and values. */
public final class Group implements AutoCloseable {
    /** Of a group whose leader steps down if it is told to or has gone, and not because the machine kept it waiting: that fails writes. */
    static final Duration STEADY_ELECTION_TIMEOUT = Duration.ofSeconds(2);

    private static final Set<RaftFailure.Code> AGAIN =
            EnumSet.of(RaftFailure.Code.NO_LEADER, RaftFailure.Code.UNKNOWN_OUTCOME);

    private static final Duration LEADER_TIMEOUT = Duration.ofSeconds(20);

    private final LocalCluster cluster;

    private Group(LocalCluster cluster) {
        this.cluster = cluster;
    }

    public static Group start(ClusterConfig config) {
        Group group = new Group(LocalCluster.start(config));
        group.leader();
        return group;
    }

    public LocalCluster cluster() {
        return cluster;
    }

    public Member leader() {
        return cluster.awaitLeader(LEADER_TIMEOUT);
    }

    public Member aFollower() {
        Member leader = leader();
        return cluster.members().stream()
                .filter(member -> member != leader && member.isRunning())
                .findFirst()
                .orElseThrow();
    }

    /** Who belongs to the group. */
    public Membership membership() {
        return answer(leader().membership());
    }

    public WriteResult put(String key, String value) {
        return writeUntilAnswered(CommandEncoder.put(bytes(key), key.length(), bytes(value), value.length()));
    }

    public WriteResult delete(String key) {
        return writeUntilAnswered(CommandEncoder.delete(bytes(key), key.length()));
    }

    /**
     * As a client does with what may be done twice: a machine that keeps a leader waiting for an election timeout, or an election in which
     * two meet, leaves a write in doubt.
     */
    private WriteResult writeUntilAnswered(byte[] command) {
        long deadlineNanos = System.nanoTime() + LEADER_TIMEOUT.toNanos();
        while (true) {
            try {
                return submit(command).get(30, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                boolean again = e.getCause() instanceof FailedOperation failed
                        && AGAIN.contains(failed.failure().code())
                        && System.nanoTime() < deadlineNanos;
                if (!again) {
                    throw new AssertionError("no answer: " + e.getMessage(), e);
                }
                leader();
            } catch (InterruptedException | TimeoutException e) {
                throw new AssertionError("no answer: " + e.getMessage(), e);
            }
        }
    }

    public WriteResult compareAndSet(String key, long version, byte[] value) {
        return write(CommandEncoder.compareAndSet(bytes(key), key.length(), version, value, value.length));
    }

    public WriteResult write(byte[] command) {
        return answer(submit(command));
    }

    public CompletableFuture<WriteResult> submit(byte[] command) {
        CompletableFuture<WriteResult> result = new CompletableFuture<>();
        cluster.client().write(command, completing(result));
        return result;
    }

    public CompletableFuture<WriteResult> putThrough(Member member, String key, String value) {
        CompletableFuture<WriteResult> result = new CompletableFuture<>();
        member.write(CommandEncoder.put(bytes(key), key.length(), bytes(value), value.length()), completing(result));
        return result;
    }

    private static WriteCallback completing(CompletableFuture<WriteResult> result) {
        return new WriteCallback() {
            @Override
            public void onSuccess(WriteResult written) {
                result.complete(written);
            }

            @Override
            public void onFailure(RaftFailure failure) {
                result.completeExceptionally(new FailedOperation(failure));
            }
        };
    }

    /** Writes {@code count} records, 64 at a time, and those that were left in doubt again. */
    public void putMany(String prefix, int count) {
        Semaphore outstanding = new Semaphore(64);
        Queue<String> failed = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < count; i++) {
            outstanding.acquireUninterruptibly();
            String key = prefix + String.format(Locale.ROOT, "%06d", i);
            submit(CommandEncoder.put(
                            bytes(key),
                            key.length(),
                            bytes(valueOf(key)),
                            valueOf(key).length()))
                    .whenComplete((result, failure) -> {
                        if (failure != null) {
                            failed.add(key);
                        }
                        outstanding.release();
                    });
        }
        outstanding.acquireUninterruptibly(64);
        failed.forEach(key -> put(key, valueOf(key)));
    }

    private static String valueOf(String key) {
        return "value of " + key;
    }

    public @Nullable String get(String key) {
        return get(ReadConsistency.LINEARIZABLE, key);
    }

    public @Nullable String get(ReadConsistency consistency, String key) {
        return answer(read(read -> cluster.client().read(consistency, read), key));
    }

    public @Nullable String getFrom(Member member, ReadConsistency consistency, String key) {
        return answer(read(read -> member.read(consistency, read), key));
    }

    public static CompletableFuture<@Nullable String> read(Consumer<StateRead> submit, String key) {
        CompletableFuture<@Nullable String> result = new CompletableFuture<>();
        submit.accept(new StateRead() {
            @Override
            public void onState(Reader reader, Keyspace state) {
                result.complete(value(reader, state, key));
            }

            @Override
            public void onFailure(RaftFailure failure) {
                result.completeExceptionally(new FailedOperation(failure));
            }
        });
        return result;
    }

    private static @Nullable String value(Reader reader, Keyspace state, String key) {
        ByteBuffer target = ByteBuffer.allocate(4096);
        int length = reader.get(state, ByteBuffer.wrap(bytes(key)), target);
        return length == Reader.NOT_FOUND
                ? null
                : StandardCharsets.UTF_8.decode(target.flip()).toString();
    }

    /**
     * Waits until every running member has applied the same, writes in doubt that come late included, and asserts that all hold the same
     * records.
     */
    public ContentDigest assertSameContent() {
        List<Member> running =
                cluster.members().stream().filter(Member::isRunning).toList();
        List<ContentDigest> digests = new ArrayList<>();
        Await.until("every member has applied what the leader has", () -> {
            long applied = leader().lastAppliedIndex();
            if (!running.stream().allMatch(member -> member.lastAppliedIndex() == applied)) {
                return false;
            }
            digests.clear();
            running.forEach(member -> digests.add(member.digest()));
            return digests.stream()
                            .mapToLong(ContentDigest::appliedIndex)
                            .distinct()
                            .count()
                    == 1;
        });
        assertThat(digests).allMatch(digest -> digest.sameContent(digests.get(0)), "same content as " + digests.get(0));
        return digests.get(0);
    }

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public static <T extends @Nullable Object> T answer(CompletableFuture<T> future) {
        try {
            return future.get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("no answer: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        cluster.close();
    }

    /** What a failed operation's future ends with. */
    public static final class FailedOperation extends RuntimeException {
        private final RaftFailure failure;

        FailedOperation(RaftFailure failure) {
            super(failure.toString());
            this.failure = failure;
        }

        public RaftFailure failure() {
            return failure;
        }
    }
}

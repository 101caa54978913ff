package io.quorumark.endpoint;

import io.quorumark.engine.Cursor;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Limits;
import io.quorumark.engine.Reader;
import io.quorumark.raft.Member;
import io.quorumark.raft.RaftFailure;
import io.quorumark.raft.ReadConsistency;
import io.quorumark.raft.StateRead;
import io.quorumark.raft.WriteCallback;
import io.quorumark.raft.command.WriteResult;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A group's records, through one of its members. Every future ends with a value or a {@link Failed}. Thread-safe. */
public final class Records {
    private static final int FIRST_VALUE_BYTES = 1024;

    private final Member member;

    public Records(Member member) {
        this.member = member;
    }

    /** How an operation failed. */
    public static final class Failed extends RuntimeException {
        private final transient RaftFailure failure;

        Failed(RaftFailure failure) {
            super(failure.detail());
            this.failure = failure;
        }

        public RaftFailure failure() {
            return failure;
        }
    }

    /** One record; its arrays belong to it. */
    @SuppressWarnings("ArrayRecordComponent") // on its way to a socket: never compared
    public record Entry(byte[] key, byte[] value) {}

    /** @param command made by {@link io.quorumark.raft.command.CommandEncoder}; owned by the group from now on */
    public CompletableFuture<WriteResult> write(byte[] command) {
        CompletableFuture<WriteResult> done = new CompletableFuture<>();
        member.write(command, new WriteCallback() {
            @Override
            public void onSuccess(WriteResult result) {
                done.complete(result);
            }

            @Override
            public void onFailure(RaftFailure failure) {
                done.completeExceptionally(new Failed(failure));
            }
        });
        return done;
    }

    /** A value, or null. */
    public CompletableFuture<byte @Nullable []> get(ReadConsistency reads, byte[] key) {
        return read(reads, (reader, state) -> valueOf(reader, state, key));
    }

    /** The values of several keys as of one moment, null if there is none. */
    public CompletableFuture<List<byte @Nullable []>> getAll(ReadConsistency reads, List<byte[]> keys) {
        return read(reads, (reader, state) -> {
            List<byte @Nullable []> values = new ArrayList<>();
            for (byte[] key : keys) {
                values.add(valueOf(reader, state, key));
            }
            return values;
        });
    }

    /** Whatever {@code walk} makes of a cursor on the records, which is lent until it returns. */
    public <T> CompletableFuture<T> walk(ReadConsistency reads, Function<Cursor, T> walk) {
        return read(reads, (reader, state) -> {
            try (Cursor cursor = reader.openCursor(state)) {
                return walk.apply(cursor);
            }
        });
    }

    private <T extends @Nullable Object> CompletableFuture<T> read(
            ReadConsistency reads, BiFunction<Reader, Keyspace, T> read) {
        CompletableFuture<T> done = new CompletableFuture<>();
        member.read(reads, new StateRead() {
            @Override
            public void onState(Reader reader, Keyspace state) {
                try {
                    done.complete(read.apply(reader, state));
                } catch (RuntimeException e) {
                    done.completeExceptionally(e);
                }
            }

            @Override
            public void onFailure(RaftFailure failure) {
                done.completeExceptionally(new Failed(failure));
            }
        });
        return done;
    }

    private static byte @Nullable [] valueOf(Reader reader, Keyspace state, byte[] key) {
        ByteBuffer wanted = ByteBuffer.wrap(key);
        ByteBuffer target = ByteBuffer.allocate(FIRST_VALUE_BYTES);
        int length = reader.get(state, wanted, target);
        while (length > target.capacity()) {
            // longer than expected; it may have grown again by the second look
            target = ByteBuffer.allocate(Math.min(length, Limits.PORTABLE_MAX_VALUE_BYTES));
            length = reader.get(state, wanted, target);
        }
        if (length == Reader.NOT_FOUND) {
            return null;
        }
        byte[] value = new byte[length];
        target.get(0, value);
        return value;
    }

    /** A copy of what a cursor stands on. */
    public static byte[] copy(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(buffer.position(), bytes);
        return bytes;
    }
}

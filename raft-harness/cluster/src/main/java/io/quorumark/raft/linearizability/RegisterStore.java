package io.quorumark.raft.linearizability;

import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Reader;
import io.quorumark.raft.ClusterClient;
import io.quorumark.raft.ClusterException;
import io.quorumark.raft.Member;
import io.quorumark.raft.RaftFailure;
import io.quorumark.raft.ReadConsistency;
import io.quorumark.raft.RemoteGroup;
import io.quorumark.raft.StateRead;
import io.quorumark.raft.WriteCallback;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One way into a group, for a client that is checked. Asynchronous and thread-safe; every call ends in exactly one call of its callback.
 */
public interface RegisterStore {
    /** Submits a command made by {@link io.quorumark.raft.command.CommandEncoder}. */
    void write(byte[] command, WriteCallback callback);

    /** Reads a record such that every write acknowledged before is seen. */
    void read(String key, RegisterRead callback);

    /** Learns what a record holds; exactly one method is called, on any thread. Must not block. */
    interface RegisterRead {
        /** @param value {@link Operation#ABSENT} if there is no record */
        void onValue(long value);

        void onFailure(RaftFailure failure);
    }

    /** Through the client that always finds the leader. */
    static RegisterStore of(ClusterClient client) {
        return of(client::write, read -> client.read(ReadConsistency.LINEARIZABLE, read));
    }

    /** Through one member, whether it leads or not. */
    static RegisterStore of(Member member) {
        return of(member::write, read -> member.read(ReadConsistency.LINEARIZABLE, read));
    }

    /** Through any two functions that write and read. */
    static RegisterStore of(BiConsumer<byte[], WriteCallback> writes, Consumer<StateRead> reads) {
        return new RegisterStore() {
            @Override
            public void write(byte[] command, WriteCallback callback) {
                writes.accept(command, callback);
            }

            @Override
            public void read(String key, RegisterRead callback) {
                reads.accept(new RecordRead(key, callback));
            }
        };
    }

    /** Over the network. */
    static RegisterStore of(RemoteGroup group) {
        return new RegisterStore() {
            @Override
            public void write(byte[] command, WriteCallback callback) {
                group.write(command, callback);
            }

            @Override
            public void read(String key, RegisterRead callback) {
                CompletableFuture<Void> unused = group.get(
                                ReadConsistency.LINEARIZABLE, key.getBytes(StandardCharsets.UTF_8))
                        .thenApply(RecordRead::value)
                        .handle((value, failure) -> {
                            if (failure == null) {
                                callback.onValue(value);
                            } else {
                                callback.onFailure(reason(failure));
                            }
                            return null;
                        });
            }
        };
    }

    private static RaftFailure reason(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof ClusterException.OperationFailed operation
                ? operation.failure()
                : new RaftFailure(RaftFailure.Code.UNAVAILABLE, String.valueOf(cause.getMessage()));
    }

    /** Reads one record where the state is. */
    record RecordRead(String key, RegisterRead callback) implements StateRead {
        @Override
        public void onState(Reader reader, Keyspace state) {
            ByteBuffer target = ByteBuffer.allocate(Long.BYTES);
            int length = reader.get(state, ByteBuffer.wrap(key.getBytes(StandardCharsets.UTF_8)), target);
            callback.onValue(length == Reader.NOT_FOUND ? Operation.ABSENT : value(target.array(), length));
        }

        @Override
        public void onFailure(RaftFailure failure) {
            callback.onFailure(failure);
        }

        static long value(byte @Nullable [] bytes) {
            return bytes == null ? Operation.ABSENT : value(bytes, bytes.length);
        }

        private static long value(byte[] bytes, int length) {
            if (length != Long.BYTES) {
                throw new IllegalStateException("a record has " + length
                        + " bytes, expected 8: something else writes to the keys that are checked");
            }
            return ByteBuffer.wrap(bytes).getLong();
        }
    }
}

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
    /** The most bytes of values that one request is answered with: 64 MiB, or less if the heap is small. */
    public static final long MAX_REPLY_BYTES =
            mostReplyBytes(Runtime.getRuntime().maxMemory());

    private static final int FIRST_VALUE_BYTES = 1024;

    private final Member member;

    public Records(Member member) {
        this.member = member;
    }

    /** An eighth of the heap, since others are answered at the same time; always enough for the longest value. */
    static long mostReplyBytes(long heapBytes) {
        return Math.max(Limits.PORTABLE_MAX_VALUE_BYTES, Math.min(64L << 20, heapBytes / 8));
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

    /** A {@link ReplyRoom} has no room for what is read now. The same read succeeds when it has. */
    public static final class NoRoom extends RuntimeException {
        private final long bytes;

        /** @param bytes that the read needs */
        public NoRoom(long bytes) {
            super("no room for " + bytes + " bytes of values", null, false, false);
            this.bytes = bytes;
        }

        /** What all values of the read need together. */
        public long bytes() {
            return bytes;
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

    /** A value, or null; ends with {@link NoRoom} if the value finds none. */
    public CompletableFuture<byte @Nullable []> get(ReadConsistency reads, byte[] key, ReplyRoom room) {
        return read(reads, (reader, state) -> valueOf(reader, state, key, room));
    }

    /**
     * The values of several keys as of one moment, null if there is none. Ends with {@link NoRoom} if the values find none, and with
     * {@link IllegalArgumentException} if they have more than {@link #MAX_REPLY_BYTES} together.
     */
    public CompletableFuture<List<byte @Nullable []>> getAll(ReadConsistency reads, List<byte[]> keys, ReplyRoom room) {
        return read(reads, keys.size() > 1, (reader, state) -> valuesOf(reader, state, keys, room));
    }

    /** How many bytes a value has; {@link Reader#NOT_FOUND} if there is none. No value is copied. */
    public CompletableFuture<Integer> length(ReadConsistency reads, byte[] key) {
        return read(reads, (reader, state) -> lengthOf(reader, state, key));
    }

    /** How many of the keys have a record as of one moment; a key counts as often as it is named. No value is copied. */
    public CompletableFuture<Long> countOf(ReadConsistency reads, List<byte[]> keys) {
        return read(
                reads,
                keys.size() > 1,
                (reader, state) -> keys.stream()
                        .filter(key -> lengthOf(reader, state, key) != Reader.NOT_FOUND)
                        .count());
    }

    /** Whatever {@code walk} makes of a cursor on the records, which is lent until it returns. */
    public <T> CompletableFuture<T> walk(ReadConsistency reads, Function<Cursor, T> walk) {
        return read(reads, (reader, state) -> {
            try (Cursor cursor = reader.openCursor(state)) {
                return walk.apply(cursor);
            }
        });
    }

    /** Ends when this member has applied what a read begun now must see; it may be read as {@link ReadConsistency#LOCAL} then. */
    public CompletableFuture<@Nullable Void> confirm(ReadConsistency reads) {
        return read(reads, (reader, state) -> null);
    }

    private <T extends @Nullable Object> CompletableFuture<T> read(
            ReadConsistency reads, BiFunction<Reader, Keyspace, T> read) {
        return read(reads, false, read);
    }

    /** @param oneMoment whether what is read must belong together */
    private <T extends @Nullable Object> CompletableFuture<T> read(
            ReadConsistency reads, boolean oneMoment, BiFunction<Reader, Keyspace, T> read) {
        CompletableFuture<T> done = new CompletableFuture<>();
        member.read(reads, new StateRead() {
            @Override
            public void onState(Reader reader, Keyspace state) {
                try {
                    done.complete(read.apply(reader, state));
                } catch (RuntimeException | Error e) {
                    // an Error too: a page that cannot be read is one
                    done.completeExceptionally(e);
                }
            }

            @Override
            public boolean readsOneMoment() {
                return oneMoment;
            }

            @Override
            public void onFailure(RaftFailure failure) {
                done.completeExceptionally(new Failed(failure));
            }
        });
        return done;
    }

    private static List<byte @Nullable []> valuesOf(Reader reader, Keyspace state, List<byte[]> keys, ReplyRoom room) {
        List<byte @Nullable []> values = new ArrayList<>();
        ReplyRoom limited = new ReplyRoom() {
            private long takenBytes;

            @Override
            public boolean take(long bytes) {
                takenBytes += bytes;
                return takenBytes <= MAX_REPLY_BYTES && room.take(bytes);
            }
        };
        try {
            for (byte[] key : keys) {
                values.add(valueOf(reader, state, key, limited));
            }
            return values;
        } catch (NoRoom first) {
            values.clear();
            throw withoutRoom(reader, state, keys);
        }
    }

    /** Says what all values need, so that nobody comes again with too little room for them. */
    private static RuntimeException withoutRoom(Reader reader, Keyspace state, List<byte[]> keys) {
        long bytes = 0;
        for (byte[] key : keys) {
            bytes += Math.max(0, lengthOf(reader, state, key));
        }
        return bytes <= MAX_REPLY_BYTES
                ? new NoRoom(bytes)
                : new IllegalArgumentException("the reply would be larger than " + MAX_REPLY_BYTES
                        + " bytes: the values of the " + keys.size() + " keys have " + bytes
                        + " together; ask for fewer keys");
    }

    private static byte @Nullable [] valueOf(Reader reader, Keyspace state, byte[] key, ReplyRoom room) {
        ByteBuffer wanted = ByteBuffer.wrap(key);
        ByteBuffer target = ByteBuffer.allocate(FIRST_VALUE_BYTES);
        int length = reader.get(state, wanted, target);
        int roomBytes = 0;
        while (length != Reader.NOT_FOUND) {
            if (length > roomBytes) {
                if (!room.take(length - roomBytes)) {
                    throw new NoRoom(length);
                }
                roomBytes = length;
            }
            if (length <= target.capacity()) {
                byte[] value = new byte[length];
                target.get(0, value);
                return value;
            }
            // longer than expected; it may have grown again by the second look
            target = ByteBuffer.allocate(Math.min(length, Limits.PORTABLE_MAX_VALUE_BYTES));
            length = reader.get(state, wanted, target);
        }
        return null;
    }

    private static int lengthOf(Reader reader, Keyspace state, byte[] key) {
        return reader.get(state, ByteBuffer.wrap(key), ByteBuffer.allocate(1));
    }

    /** A copy of what a cursor stands on. */
    public static byte[] copy(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(buffer.position(), bytes);
        return bytes;
    }
}

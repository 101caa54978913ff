package io.quorumark.endpoint;

import io.quorumark.engine.Cursor;
import io.quorumark.engine.Keyspace;
import io.quorumark.engine.Reader;
import io.quorumark.raft.Member;
import io.quorumark.raft.RaftFailure;
import io.quorumark.raft.StateRead;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the bytes of values that readers of a member copy, and how many of them no client has received yet. Thread-safe. */
public final class CopiedValues {
    private final AtomicLong copiedBytes = new AtomicLong();
    private final AtomicLong receivedBytes = new AtomicLong();
    private final AtomicLong mostHeldBytes = new AtomicLong();

    /** The same member, whose reads are counted. */
    public Member of(Member member) {
        return (Member) Proxy.newProxyInstance(
                Member.class.getClassLoader(), new Class<?>[] {Member.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("read") && arguments[1] instanceof StateRead read) {
                        arguments[1] = counted(read);
                    }
                    try {
                        return method.invoke(member, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** A client has so many more bytes. */
    public void received(long bytes) {
        receivedBytes.addAndGet(bytes);
    }

    public long copiedBytes() {
        return copiedBytes.get();
    }

    /** The most bytes that had been copied and not received, so that the endpoint or the network held them. */
    public long mostHeldBytes() {
        return mostHeldBytes.get();
    }

    private StateRead counted(StateRead read) {
        return new StateRead() {
            @Override
            public void onState(Reader reader, Keyspace state) {
                read.onState(counted(reader), state);
            }

            @Override
            public void onFailure(RaftFailure failure) {
                read.onFailure(failure);
            }
        };
    }

    private Reader counted(Reader reader) {
        return new Reader() {
            @Override
            public int get(Keyspace keyspace, ByteBuffer key, ByteBuffer target) {
                int room = target.remaining();
                int length = reader.get(keyspace, key, target);
                if (length > 0 && length <= room) {
                    long heldBytes = copiedBytes.addAndGet(length) - receivedBytes.get();
                    mostHeldBytes.accumulateAndGet(heldBytes, Math::max);
                }
                return length;
            }

            @Override
            public Cursor openCursor(Keyspace keyspace) {
                return reader.openCursor(keyspace);
            }
        };
    }
}

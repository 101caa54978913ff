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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Walks that stand still on the thread that they run on until they are let go. */
public final class HeldWalks {
    private final CountDownLatch one = new CountDownLatch(1);
    private final CountDownLatch held = new CountDownLatch(1);
    private final AtomicInteger begun = new AtomicInteger();

    /** The same member, whose walks are held. */
    public Member of(Member member) {
        return (Member) Proxy.newProxyInstance(
                Member.class.getClassLoader(), new Class<?>[] {Member.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("read") && arguments[1] instanceof StateRead read) {
                        arguments[1] = holding(read);
                    }
                    try {
                        return method.invoke(member, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    public void awaitOne() {
        await(one);
    }

    public void letGo() {
        held.countDown();
    }

    public int begun() {
        return begun.get();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private StateRead holding(StateRead read) {
        return new StateRead() {
            @Override
            public void onState(Reader reader, Keyspace state) {
                read.onState(holding(reader), state);
            }

            @Override
            public void onFailure(RaftFailure failure) {
                read.onFailure(failure);
            }
        };
    }

    private Reader holding(Reader reader) {
        return new Reader() {
            @Override
            public int get(Keyspace keyspace, ByteBuffer key, ByteBuffer target) {
                return reader.get(keyspace, key, target);
            }

            @Override
            public Cursor openCursor(Keyspace keyspace) {
                begun.incrementAndGet();
                one.countDown();
                await(held);
                return reader.openCursor(keyspace);
            }
        };
    }
}

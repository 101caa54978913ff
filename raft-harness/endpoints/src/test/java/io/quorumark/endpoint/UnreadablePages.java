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

/** Reads that meet a page of a mapped file which cannot be read, until it is mended: the JVM throws an error there. */
public final class UnreadablePages {
    private volatile boolean mended;

    /** The same member, whose readers throw. */
    public Member of(Member member) {
        return (Member) Proxy.newProxyInstance(
                Member.class.getClassLoader(), new Class<?>[] {Member.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("read") && arguments[1] instanceof StateRead read) {
                        arguments[1] = failing(read);
                    }
                    try {
                        return method.invoke(member, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    public void mend() {
        mended = true;
    }

    private void failUnlessMended() {
        if (!mended) {
            throw new InternalError("a fault occurred in an unsafe memory access operation");
        }
    }

    private StateRead failing(StateRead read) {
        return new StateRead() {
            @Override
            public void onState(Reader reader, Keyspace state) {
                read.onState(failing(reader), state);
            }

            @Override
            public boolean readsOneMoment() {
                return read.readsOneMoment();
            }

            @Override
            public void onFailure(RaftFailure failure) {
                read.onFailure(failure);
            }
        };
    }

    private Reader failing(Reader reader) {
        return new Reader() {
            @Override
            public int get(Keyspace keyspace, ByteBuffer key, ByteBuffer target) {
                failUnlessMended();
                return reader.get(keyspace, key, target);
            }

            @Override
            public Cursor openCursor(Keyspace keyspace) {
                failUnlessMended();
                return reader.openCursor(keyspace);
            }
        };
    }
}

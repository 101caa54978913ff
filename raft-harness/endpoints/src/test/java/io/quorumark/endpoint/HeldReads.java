package io.quorumark.endpoint;

import io.quorumark.raft.Member;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;

/** Reads that do not come back until they are let go. */
public final class HeldReads {
    private final CountDownLatch held = new CountDownLatch(1);

    /** The same member, whose reads are held. */
    public Member of(Member member) {
        return (Member) Proxy.newProxyInstance(
                Member.class.getClassLoader(), new Class<?>[] {Member.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("read")) {
                        Thread reader = new Thread(() -> {
                            try {
                                held.await();
                                method.invoke(member, arguments);
                            } catch (ReflectiveOperationException | InterruptedException e) {
                                throw new AssertionError(e);
                            }
                        });
                        reader.setDaemon(true);
                        reader.start();
                        return null;
                    }
                    try {
                        return method.invoke(member, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    public void letGo() {
        held.countDown();
    }
}

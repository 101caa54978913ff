package io.quorumark.raft.jraft.transport;

import com.alipay.remoting.ConnectionEventHandler;
import java.lang.reflect.Field;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The thread that the RPC library starts for a client's or server's events (a connection was made, was closed) and never ends, shut down or
 * not. The library has no way to it, so it is reached by the names of its fields.
 */
final class EventThread {
    private static final long IDLE_SECONDS = 1;

    private EventThread() {}

    /**
     * Lets the thread end when there is nothing to do; it is started again for the next event.
     *
     * @param started a client or server, of the library's class {@code declaring}
     * @throws IllegalStateException the library is of a version that does not have these fields
     */
    static <T> void endWhenIdle(Class<T> declaring, T started) {
        try {
            Object handler = value(declaring, "connectionEventHandler", started);
            Object events = value(ConnectionEventHandler.class, "eventExecutor", handler);
            ThreadPoolExecutor executor = (ThreadPoolExecutor)
                    value(ConnectionEventHandler.ConnectionEventExecutor.class, "executor", events);
            executor.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
            executor.allowCoreThreadTimeOut(true);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "the RPC library's " + declaring.getSimpleName() + " keeps its events elsewhere (" + e.getMessage()
                            + "); adapt EventThread to its version",
                    e);
        }
    }

    private static Object value(Class<?> declaring, String name, Object of) throws ReflectiveOperationException {
        Field field = declaring.getDeclaredField(name);
        field.setAccessible(true);
        return field.get(of);
    }
}

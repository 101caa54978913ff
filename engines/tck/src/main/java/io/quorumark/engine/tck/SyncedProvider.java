package io.quorumark.engine.tck;

import io.quorumark.engine.Capabilities;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.EngineFacts;
import io.quorumark.engine.EngineProvider;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Session;
import io.quorumark.engine.WriteBatch;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.Objects;

/**
 * An engine that commits at its weakest level, and syncs after each commit: whatever reaches the device is {@link KVEngine#sync}'s work.
 * Which engine it is comes from a system property, so that a recorded process has the same one.
 */
public final class SyncedProvider implements EngineProvider {
    /** The class name of the provider that is tested; read when this is made. */
    static final String PROPERTY = "quorumark.synced.provider";

    private final EngineProvider real;

    /** For the recorded process, which makes it by name. */
    public SyncedProvider() throws ReflectiveOperationException {
        this.real = ChildEngine.provider(Objects.requireNonNull(System.getProperty(PROPERTY), PROPERTY));
    }

    @Override
    public String id() {
        return real.id();
    }

    @Override
    public EngineFacts facts() {
        return real.facts();
    }

    @Override
    public Capabilities capabilities() {
        return real.capabilities();
    }

    /** At the weakest level, whatever is asked for. */
    @Override
    public KVEngine open(EngineConfig config) {
        Durability weakest = Collections.min(real.capabilities().durabilities());
        KVEngine engine = real.open(new EngineConfig(
                config.directory(),
                config.keyspaces(),
                weakest,
                config.memoryBudgetBytes(),
                config.backgroundThreads(),
                config.maxDataBytes(),
                config.options()));
        return proxy(KVEngine.class, (self, method, arguments) -> {
            Object result = call(engine, method, arguments);
            return result instanceof Session session ? synced(session, engine, weakest) : result;
        });
    }

    private static Session synced(Session session, KVEngine engine, Durability level) {
        return proxy(Session.class, (self, method, arguments) -> {
            if (!method.getName().equals("commit")) {
                return call(session, method, arguments);
            }
            session.commit((WriteBatch) arguments[0], level);
            engine.sync();
            return null;
        });
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}

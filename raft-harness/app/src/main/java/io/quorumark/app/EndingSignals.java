package io.quorumark.app;

import io.quorumark.results.ExitCode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * Lets every command end with the exit code that its table names, whichever signal asks it to end; a JVM by itself ends with another
 * one for each. What shutdown hooks do is done
 * before, as ever.
 */
final class EndingSignals {
    private EndingSignals() {}

    /** The class is not of the platform's public API, so that naming it here would not compile without warnings. */
    static void install() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Method handle = signal.getMethod("handle", signal, handler);
            Object exit = Proxy.newProxyInstance(
                    EndingSignals.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            System.exit(ExitCode.INTERRUPTED.code());
                        }
                        return switch (method.getName()) {
                            case "hashCode" -> System.identityHashCode(proxy);
                            case "equals" -> proxy == arguments[0];
                            case "toString" -> "exit with " + ExitCode.INTERRUPTED.code();
                            default -> null;
                        };
                    });
            for (String name : new String[] {"INT", "TERM"}) {
                handle.invoke(null, signal.getConstructor(String.class).newInstance(name), exit);
            }
        } catch (InvocationTargetException e) {
            if (!(e.getCause() instanceof IllegalArgumentException)) {
                throw new IllegalStateException("signals cannot be handled: " + e.getCause(), e);
            }
            // the JVM was told to leave signals alone (-Xrs), and so does this
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JVM has no sun.misc.Signal: " + e, e);
        }
    }
}

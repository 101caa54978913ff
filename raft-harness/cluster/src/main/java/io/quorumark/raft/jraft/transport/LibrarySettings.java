package io.quorumark.raft.jraft.transport;

import com.alipay.remoting.serialization.SerializerManager;

/** The settings of the Raft and RPC libraries that only exist as system properties or static slots; applied before either is first used. */
public final class LibrarySettings {
    private LibrarySettings() {}

    /** Applies them; a property that the user has set is left alone. */
    public static void apply() {
        // the RPC library would otherwise set up log files of its own in the user's home
        setDefault("sofa.middleware.log.disable", "true");
        setDefault("sofa.middleware.log.internal.level", "ERROR");
        // a recycled buffer lives for ever and grows to the longest message, and collections copy what replaces it; a
        // new one is gone before the next collection
        setDefault("jraft.recyclers.maxCapacityPerThread", "0");
        SerializerManager.addSerializer(SerializerManager.Hessian2, new RefusingSerializer());
        ClientMessageSerializer.register();
        FrameLimit.install();
    }

    /**
     * Lets messages of log entries through that are as long as a member is configured to send them.
     *
     * @param messageBytes of entries in one message
     */
    public static void allowMessages(int messageBytes) {
        FrameLimit.allow(messageBytes);
    }

    private static void setDefault(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}

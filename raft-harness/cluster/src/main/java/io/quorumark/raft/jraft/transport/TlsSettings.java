package io.quorumark.raft.jraft.transport;

import java.nio.file.Path;

/** TLS of the RPC library, which takes its settings from system properties: one for the JVM, read when something connects or listens. */
public final class TlsSettings {
    private static final String TYPE = "PKCS12";

    private TlsSettings() {}

    /** @param keystore PKCS #12, shown and trusted by both sides */
    public static void apply(Path keystore, String password) {
        System.setProperty("bolt.server.ssl.enable", "true");
        System.setProperty("bolt.server.ssl.clientAuth", "true");
        System.setProperty("bolt.server.ssl.keystore", keystore.toString());
        System.setProperty("bolt.server.ssl.keystore.password", password);
        System.setProperty("bolt.server.ssl.keystore.type", TYPE);
        System.setProperty("bolt.client.ssl.enable", "true");
        System.setProperty("bolt.client.ssl.keystore", keystore.toString());
        System.setProperty("bolt.client.ssl.keystore.password", password);
        System.setProperty("bolt.client.ssl.keystore.type", TYPE);
    }
}

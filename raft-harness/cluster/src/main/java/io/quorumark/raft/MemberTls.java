package io.quorumark.raft;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;

/**
 * TLS between members, and between clients and members: both sides show a certificate, and each refuses one that it does not trust. One
 * setting for the JVM, to be applied before anything connects or listens.
 */
public final class MemberTls {
    private static final String TYPE = "PKCS12";

    private MemberTls() {}

    /**
     * Turns TLS on for every member and client of this JVM.
     *
     * @param keystore PKCS #12: one private key with its certificate chain, which this side shows, and the certificates it trusts
     * @param password of the keystore and the key
     * @throws IllegalArgumentException the file cannot be read or opened, or lacks a key or a trusted certificate; one line
     */
    public static void apply(Path keystore, String password) {
        check(keystore, password);
        RaftLibrary.onClassPath().useTls(keystore.toAbsolutePath(), password);
    }

    private static void check(Path keystore, String password) {
        boolean key = false;
        boolean trusted = false;
        try (InputStream in = Files.newInputStream(keystore)) {
            KeyStore store = KeyStore.getInstance(TYPE);
            store.load(in, password.toCharArray());
            for (String alias : Collections.list(store.aliases())) {
                key |= store.isKeyEntry(alias);
                trusted |= store.isCertificateEntry(alias);
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "keystore '" + keystore + "' cannot be opened (" + e.getMessage()
                            + "); expected a PKCS #12 file and its password",
                    e);
        }
        if (!key || !trusted) {
            throw new IllegalArgumentException("keystore '" + keystore + "' has " + (key ? "a" : "no")
                    + " private key and " + (trusted ? "a" : "no")
                    + " trusted certificate, expected both; make it as docs/groups.md shows");
        }
    }
}

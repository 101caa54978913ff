package io.quorumark.raft;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * What a keystore holds for TLS, of members and of endpoints.
 *
 * @param shown the private key and its certificate chain, which this side shows
 * @param certificate the first of that chain
 * @param trusted whom this side trusts, while their certificates are valid
 */
public record TlsKeys(KeyManagerFactory shown, X509Certificate certificate, X509ExtendedTrustManager trusted) {
    private static final String TYPE = "PKCS12";
    private static final String NO_RENEGOTIATION = "jdk.tls.rejectClientInitiatedRenegotiation";

    static {
        // read once by the JDK, at the first handshake: a client could have the keys of one connection computed again
        // and again
        if (System.getProperty(NO_RENEGOTIATION) == null) {
            System.setProperty(NO_RENEGOTIATION, "true");
        }
    }

    /**
     * Reads a keystore.
     *
     * @param keystore PKCS #12: one private key with its certificate chain, and the certificates that are trusted
     * @param password of the keystore and the key
     * @throws IllegalArgumentException the file cannot be read or opened, or lacks a key or a trusted certificate; one line
     */
    public static TlsKeys read(Path keystore, String password) {
        try (InputStream in = Files.newInputStream(keystore)) {
            KeyStore store = KeyStore.getInstance(TYPE);
            store.load(in, password.toCharArray());
            X509Certificate certificate = requireKeyAndTrust(keystore, store);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, password.toCharArray());
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            return new TlsKeys(keys, certificate, new WhileValid(certificates(trust)));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "keystore '" + keystore + "' cannot be opened (" + e.getMessage()
                            + "); expected a PKCS #12 file and its password",
                    e);
        }
    }

    /** The key's own certificate. */
    private static X509Certificate requireKeyAndTrust(Path keystore, KeyStore store) throws GeneralSecurityException {
        X509Certificate own = null;
        boolean trusted = false;
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias) && store.getCertificate(alias) instanceof X509Certificate certificate) {
                own = certificate;
            }
            trusted |= store.isCertificateEntry(alias);
        }
        if (own == null || !trusted) {
            throw new IllegalArgumentException("keystore '" + keystore + "' has " + (own == null ? "no" : "a")
                    + " private key and " + (trusted ? "a" : "no")
                    + " trusted certificate, expected both; make it as docs/groups.md shows");
        }
        return own;
    }

    private static X509ExtendedTrustManager certificates(TrustManagerFactory trust) {
        for (TrustManager manager : trust.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager certificates) {
                return certificates;
            }
        }
        throw new IllegalStateException("this JDK has no trust manager for certificates");
    }

    /** The JDK takes a certificate that is itself among the trusted ones whatever its dates are. */
    private static final class WhileValid extends X509ExtendedTrustManager {
        private final X509ExtendedTrustManager jdk;

        WhileValid(X509ExtendedTrustManager jdk) {
            this.jdk = jdk;
        }

        private static void requireValid(X509Certificate[] chain) throws CertificateException {
            chain[0].checkValidity();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            jdk.checkClientTrusted(chain, type, engine);
            requireValid(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            jdk.checkServerTrusted(chain, type, engine);
            requireValid(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            jdk.checkClientTrusted(chain, type, socket);
            requireValid(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            jdk.checkServerTrusted(chain, type, socket);
            requireValid(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            jdk.checkClientTrusted(chain, type);
            requireValid(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            jdk.checkServerTrusted(chain, type);
            requireValid(chain);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return jdk.getAcceptedIssuers();
        }
    }
}

package io.quorumark.campaign.plan;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.quorumark.campaign.support.UsageError;
import io.quorumark.endpoint.EndpointException;
import io.quorumark.endpoint.SecretFile;
import io.quorumark.raft.MemberTls;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * The {@code tls} section of members and plans.
 *
 * @param keystore PKCS #12: this side's key and certificate, and the certificates it trusts; relative to the member's configuration or
 *     the plan that names it
 * @param passwordFile a file whose first line is the keystore's password, readable by its owner alone; relative likewise
 */
public record TlsConfig(String keystore, String passwordFile) {
    /**
     * Turns TLS on for the members and clients of this JVM.
     *
     * @param file that names the keystore
     * @throws UsageError a file cannot be read, or the keystore lacks something
     */
    public void apply(Path file) {
        try {
            MemberTls.apply(resolved(file, keystore), password(file));
        } catch (IllegalArgumentException e) {
            throw new UsageError(file + ": tls: " + e.getMessage());
        }
    }

    /** This with whole paths, if they are relative to {@code folder}. */
    TlsConfig withFilesIn(Path folder) {
        return new TlsConfig(
                folder.resolve(keystore).normalize().toString(),
                folder.resolve(passwordFile).normalize().toString());
    }

    /**
     * For an endpoint, which shows its certificate.
     *
     * @param clientCertificates whether clients must show one that this side trusts
     */
    public SslContext forEndpoints(Path file, boolean clientCertificates) {
        char[] password = password(file).toCharArray();
        try (InputStream in = Files.newInputStream(resolved(file, keystore))) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, password);
            SslContextBuilder context = SslContextBuilder.forServer(keys);
            if (clientCertificates) {
                TrustManagerFactory trusted =
                        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
                trusted.init(store);
                context.trustManager(trusted).clientAuth(ClientAuth.REQUIRE);
            }
            return context.build();
        } catch (IOException | GeneralSecurityException e) {
            throw new UsageError(file + ": tls: keystore '" + keystore + "' cannot be opened: " + e.getMessage(), e);
        }
    }

    private String password(Path file) {
        Path path = resolved(file, passwordFile);
        try {
            return SecretFile.read(path);
        } catch (EndpointException e) {
            throw new UsageError(file + ": tls: " + e.getMessage());
        }
    }

    private static Path resolved(Path file, String relative) {
        return file.toAbsolutePath().resolveSibling(relative).normalize();
    }
}

package io.quorumark.campaign.plan;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.quorumark.campaign.support.UsageError;
import io.quorumark.endpoint.EndpointException;
import io.quorumark.endpoint.SecretFile;
import io.quorumark.raft.MemberTls;
import io.quorumark.raft.TlsKeys;
import java.nio.file.Path;
import javax.net.ssl.SSLException;

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

    /**
     * Like {@link #apply}, for a JVM with a member.
     *
     * @param memberId of the member, whose host the certificate must name
     */
    public void applyToMember(Path file, String memberId) {
        try {
            MemberTls.applyToMember(resolved(file, keystore), password(file), memberId);
        } catch (IllegalArgumentException e) {
            throw new UsageError(file + ": tls: " + e.getMessage());
        }
    }

    /**
     * Reads the keystore, and uses it for nothing.
     *
     * @throws UsageError as by {@link #apply}
     */
    public void check(Path file) {
        TlsKeys unused = keys(file);
    }

    /**
     * The same for a plan, which has whole paths, and says itself where they stand.
     *
     * @throws UsageError as by {@link #apply}
     */
    void checkInPlan() {
        try {
            TlsKeys unused = TlsKeys.read(Path.of(keystore), SecretFile.read(Path.of(passwordFile)));
        } catch (IllegalArgumentException | EndpointException e) {
            throw new UsageError(String.valueOf(e.getMessage()));
        }
    }

    private TlsKeys keys(Path file) {
        try {
            return TlsKeys.read(resolved(file, keystore), password(file));
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
        try {
            TlsKeys keys = keys(file);
            SslContextBuilder context = SslContextBuilder.forServer(keys.shown());
            if (clientCertificates) {
                context.trustManager(keys.trusted()).clientAuth(ClientAuth.REQUIRE);
            }
            return context.build();
        } catch (SSLException e) {
            throw new UsageError(file + ": tls: keystore '" + keystore + "' cannot be used: " + e.getMessage(), e);
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

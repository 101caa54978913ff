package io.quorumark.campaign.trial;

import io.quorumark.campaign.plan.TlsConfig;
import io.quorumark.campaign.support.UsageError;
import io.quorumark.endpoint.EndpointException;
import io.quorumark.endpoint.Password;
import io.quorumark.raft.message.MessageKey;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Members that run on their own.
 *
 * @param addresses of them; empty if the trial starts its members itself
 * @param keystore an absolute path, empty for plain text
 * @param keystorePasswordFile an absolute path, empty for plain text
 * @param passwordFile of the members' own password: an absolute path, empty if they ask for none
 */
public record RemoteMembers(List<String> addresses, String keystore, String keystorePasswordFile, String passwordFile) {
    public RemoteMembers {
        addresses = List.copyOf(addresses);
    }

    /**
     * From a resolved plan, which has whole paths.
     *
     * @param passwordFile of the members' own password
     */
    public static RemoteMembers of(List<String> addresses, @Nullable TlsConfig tls, @Nullable String passwordFile) {
        return new RemoteMembers(
                addresses,
                tls == null ? "" : tls.keystore(),
                tls == null ? "" : tls.passwordFile(),
                passwordFile == null ? "" : passwordFile);
    }

    /**
     * What authenticates requests to the members; null if they ask for no password.
     *
     * @throws UsageError the password's file cannot be used
     */
    @Nullable
    MessageKey key() {
        if (passwordFile.isEmpty()) {
            return null;
        }
        try {
            return Password.read(Path.of(passwordFile)).messageKey();
        } catch (EndpointException e) {
            throw new UsageError("cluster: " + e.getMessage());
        }
    }

    boolean isPresent() {
        return !addresses.isEmpty();
    }

    /** Before the first connection. */
    void applyTls() {
        if (!keystore.isEmpty()) {
            new TlsConfig(keystore, keystorePasswordFile).apply(Path.of(keystore));
        }
    }
}

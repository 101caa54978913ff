package io.quorumark.app.trial;

import io.quorumark.app.plan.TlsConfig;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Members that run on their own.
 *
 * @param addresses of them; empty where the trial starts its members itself
 * @param keystore an absolute path, empty for plain text
 * @param passwordFile an absolute path, empty for plain text
 */
public record RemoteMembers(List<String> addresses, String keystore, String passwordFile) {
    public RemoteMembers {
        addresses = List.copyOf(addresses);
    }

    /** @param tls of a resolved plan, which has whole paths */
    public static RemoteMembers of(List<String> addresses, @Nullable TlsConfig tls) {
        return tls == null
                ? new RemoteMembers(addresses, "", "")
                : new RemoteMembers(addresses, tls.keystore(), tls.passwordFile());
    }

    boolean areThere() {
        return !addresses.isEmpty();
    }

    /** Before the first connection. */
    void applyTls() {
        if (!keystore.isEmpty()) {
            new TlsConfig(keystore, passwordFile).apply(Path.of(keystore));
        }
    }
}

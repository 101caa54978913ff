package io.quorumark.campaign.node;

import io.quorumark.campaign.plan.Section;
import io.quorumark.campaign.support.UsageError;
import io.quorumark.endpoint.Access;
import io.quorumark.endpoint.EndpointException;
import io.quorumark.endpoint.Password;
import io.quorumark.workload.spec.InvalidValue;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@code access} section of a member's configuration: whom its endpoints let in.
 *
 * @param passwordFile a file whose first line clients must show, readable by its owner alone; relative to the configuration. No password
 *     if absent
 * @param clientCertificates with TLS, whether clients of the endpoints must show a trusted certificate: {@code required} (if absent) or
 *     {@code none}
 * @param metricsOpen whether {@code /metrics} and {@code /health} ask for no password; false if absent. A certificate is asked for all
 *     the same
 */
public record AccessConfig(
        @Nullable String passwordFile,
        @Nullable String clientCertificates,
        @Nullable Boolean metricsOpen) implements Section<AccessConfig> {
    static final AccessConfig DEFAULT = Section.empty(AccessConfig.class);

    public AccessConfig {
        if (clientCertificates != null && !List.of("required", "none").contains(clientCertificates)) {
            throw new InvalidValue("clientCertificates", "'" + clientCertificates + "'", "required or none");
        }
    }

    boolean requiresCertificates() {
        return !"none".equals(clientCertificates);
    }

    /**
     * This as the endpoints take it.
     *
     * @param file that holds this section
     * @throws UsageError the password's file cannot be read, or may be read by others
     */
    Access resolve(Path file) {
        Access access = Access.withoutPassword();
        if (passwordFile != null) {
            try {
                access = Access.with(Password.read(
                        file.toAbsolutePath().resolveSibling(passwordFile).normalize()));
            } catch (EndpointException e) {
                throw new UsageError(file + ": access: " + e.getMessage());
            }
        }
        return Boolean.TRUE.equals(metricsOpen) ? access.withOpenMetrics() : access;
    }
}

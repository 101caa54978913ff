package io.quorumark.campaign.node;

import io.quorumark.campaign.support.UsageError;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What of a member other hosts can reach without showing who they are. */
final class Exposure {
    private static final String HOW = ", bind it to 127.0.0.1, or start with --insecure; see docs/groups.md";

    private Exposure() {}

    /**
     * Refuses a member that anybody can reach.
     *
     * @param file that holds the configuration
     * @throws UsageError an address is beyond loopback, and whoever connects to it is not asked who they are
     */
    static void check(NodeConfig config, Path file) {
        // members' messages carry no password, so that nothing but certificates guards this port
        if (config.tls() == null) {
            refuseBeyondLoopback(file, "id", config.id(), "add tls");
        }
        if (!config.endpointsAskWhoComes()) {
            String remedy = config.tls() == null
                    ? "add tls, or access: {passwordFile: …}"
                    : "remove clientCertificates: none, or add access: {passwordFile: …}";
            refuseBeyondLoopback(file, "resp", config.resp(), remedy);
            refuseBeyondLoopback(file, "http", config.http(), remedy);
        }
    }

    private static void refuseBeyondLoopback(Path file, String key, @Nullable String address, String remedy) {
        if (address != null && !isLoopback(address.substring(0, Math.max(0, address.lastIndexOf(':'))))) {
            throw new UsageError(file + ": " + key + " is '" + address
                    + "', which other hosts can reach, and nobody is asked there who they are; " + remedy + HOW);
        }
    }

    private static boolean isLoopback(String host) {
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (!address.isLoopbackAddress()) {
                    return false;
                }
            }
            return true;
        } catch (UnknownHostException e) {
            // what it will mean is not known, so that it is not known to be harmless
            return false;
        }
    }
}

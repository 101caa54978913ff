package io.quorumark.raft;

import java.net.BindException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Why an address cannot be listened on, for people. */
public final class ListenFailure {
    private ListenFailure() {}

    /**
     * In one line: what is wrong, and what to correct.
     *
     * @param cause of the failure; null if nothing is known of it
     */
    public static String why(String host, @Nullable Throwable cause) {
        InetAddress address;
        try {
            address = InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            return "host '" + host + "' has no address; correct it, or make its name known to this machine";
        }
        if (!isHere(address)) {
            return address.getHostAddress() + " is no address of this machine; use one that it has, such as 127.0.0.1";
        }
        BindException said = bindFailure(cause);
        if (said == null) {
            return cause == null
                    ? "nothing is known of the reason; use another port"
                    : innermost(cause) + "; see to that, and start again";
        }
        // bind says so in the language of the machine, and also if the port is not for this user
        return String.valueOf(said.getMessage()).contains("in use")
                ? "the port is in use; stop what uses it, or use another port"
                : said.getMessage() + "; use another port";
    }

    /** What lies behind the words of everything that has passed it on. */
    private static String innermost(Throwable failure) {
        Throwable innermost = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            innermost = cause;
        }
        return innermost.toString().replaceAll("\\s*\\R\\s*", " ");
    }

    private static boolean isHere(InetAddress address) {
        try {
            return address.isAnyLocalAddress()
                    || address.isLoopbackAddress()
                    || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException unknown) {
            // then the failure itself is told
            return true;
        }
    }

    private static @Nullable BindException bindFailure(@Nullable Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof BindException bind) {
                return bind;
            }
        }
        return null;
    }
}

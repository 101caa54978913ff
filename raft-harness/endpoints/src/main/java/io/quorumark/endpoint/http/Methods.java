package io.quorumark.endpoint.http;

import java.util.Set;

/** Methods that have a meaning to HTTP itself. A client can make up any other, so that none of those may become a label of a metric. */
final class Methods {
    private static final Set<String> KNOWN =
            Set.of("GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT");

    private Methods() {}

    static boolean isKnown(String method) {
        return KNOWN.contains(method);
    }

    /** The method, or {@code other}. */
    static String label(String method) {
        return isKnown(method) ? method : "other";
    }
}

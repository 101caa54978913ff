package io.quorumark.endpoint.http;

import java.util.regex.Pattern;

/** The host that a client believes it talks to (RFC 9112, section 3.2). This endpoint is one host, so that only its form matters. */
final class HostHeader {
    private static final Pattern VALID =
            Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._~!$&'()*+;=%-]*)(:[0-9]{0,5})?");

    private HostHeader() {}

    /** A name or address, with or without a port; nothing is a host too. */
    static boolean isValid(String host) {
        return VALID.matcher(host).matches();
    }
}

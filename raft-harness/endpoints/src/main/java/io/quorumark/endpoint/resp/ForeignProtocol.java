package io.quorumark.endpoint.resp;

import io.quorumark.endpoint.resp.RequestDecoder.Words;
import java.util.Locale;
import java.util.Set;

/**
 * Recognises HTTP: a web page can make a browser send a request to any port, and its body would be taken for commands. {@code POST} and
 * {@code Host:} close a
 * connection wherever they stand, as with Redis; so do the first line of any HTTP request and one that begins like a header.
 */
final class ForeignProtocol {
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "PRI");

    private ForeignProtocol() {}

    static boolean isSpoken(Words request) {
        String first = RespCommands.text(request.words().get(0)).toUpperCase(Locale.ROOT);
        if (first.equals("POST") || first.equals("HOST:")) {
            return true;
        }
        if (!request.inline()) {
            return false;
        }
        String last = RespCommands.text(request.words().get(request.words().size() - 1));
        return first.endsWith(":") || (METHODS.contains(first) && last.startsWith("HTTP/"));
    }
}

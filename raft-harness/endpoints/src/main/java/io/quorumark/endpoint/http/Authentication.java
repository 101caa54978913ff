package io.quorumark.endpoint.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.quorumark.endpoint.Access;
import io.quorumark.endpoint.Access.Refusal;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether one connection's requests may be answered: {@code Authorization: Bearer} with the password of the endpoints (RFC 6750). For the
 * connection's event loop.
 */
final class Authentication {
    private static final String SCHEME = "Bearer ";
    private static final Set<String> OPEN_PATHS = Set.of("/metrics", "/health");

    private final Access access;
    private boolean wasLetIn;

    Authentication(Access access) {
        this.access = access;
    }

    /** Null if the request may be answered. */
    @Nullable
    Answer refusal(SocketAddress from, HttpRequest request) {
        if (!access.asksForPassword() || (access.metricsAreOpen() && isOpen(request))) {
            return null;
        }
        List<String> shown = request.headers().getAll(HttpHeaderNames.AUTHORIZATION);
        if (shown.size() != 1 || !shown.get(0).regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            Refusal unused = access.refused(from, Refusal.NO_PASSWORD);
            return Answer.error(
                            HttpResponseStatus.UNAUTHORIZED,
                            "this endpoint asks for a password, expected one header Authorization: Bearer PASSWORD")
                    .with(HttpHeaderNames.WWW_AUTHENTICATE.toString(), "Bearer realm=\"quorumark\"");
        }
        // the codec reads bytes as characters of Latin-1
        byte[] password = shown.get(0).substring(SCHEME.length()).strip().getBytes(StandardCharsets.ISO_8859_1);
        Refusal refusal = wasLetIn ? access.checkAgain(from, password) : access.check(from, password);
        wasLetIn |= refusal == null;
        return refusal == null ? null : answer(refusal);
    }

    private static boolean isOpen(HttpRequest request) {
        String method = request.method().name();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            return false;
        }
        try {
            return OPEN_PATHS.contains(RequestTarget.parse(request.uri()).path());
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private static Answer answer(Refusal refusal) {
        return refusal == Refusal.TOO_MANY_ATTEMPTS
                ? Answer.error(
                                HttpResponseStatus.TOO_MANY_REQUESTS,
                                "too many wrong passwords came from this address; try again in a second")
                        .retriable()
                : Answer.error(HttpResponseStatus.UNAUTHORIZED, "the password is wrong")
                        .with(
                                HttpHeaderNames.WWW_AUTHENTICATE.toString(),
                                "Bearer realm=\"quorumark\", error=\"invalid_token\"");
    }
}

package io.quorumark.endpoint.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * What must be true of a record for a request to go on.
 *
 * @param match it must have one of these tags; null if the request does not say
 * @param noneMatch it must have none of these
 */
record Preconditions(@Nullable EntityTags match, @Nullable EntityTags noneMatch) {
    static final Preconditions NONE = new Preconditions(null, null);

    /** @throws IllegalArgumentException a header is malformed */
    static Preconditions of(HttpHeaders headers) {
        return new Preconditions(
                EntityTags.parse("If-Match", headers.getAll(HttpHeaderNames.IF_MATCH)),
                EntityTags.parse("If-None-Match", headers.getAll(HttpHeaderNames.IF_NONE_MATCH)));
    }

    boolean isEmpty() {
        return match == null && noneMatch == null;
    }

    /** Whether all that is asked is whether there is a record, so that nobody needs to look at it first. */
    boolean askForPresenceAlone() {
        return (match == null || match.any()) && (noneMatch == null || noneMatch.any());
    }

    boolean failMatch(byte @Nullable [] value) {
        return match != null && !match.matchStrongly(value);
    }

    boolean failNoneMatch(byte @Nullable [] value) {
        return noneMatch != null && noneMatch.matchWeakly(value);
    }
}

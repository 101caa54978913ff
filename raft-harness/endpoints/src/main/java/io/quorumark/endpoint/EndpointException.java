package io.quorumark.endpoint;

import org.jspecify.annotations.Nullable;

/** An endpoint could not be opened. The message is one line: what, and what to do about it. */
public final class EndpointException extends RuntimeException {
    EndpointException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

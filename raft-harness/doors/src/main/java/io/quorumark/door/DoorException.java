package io.quorumark.door;

import org.jspecify.annotations.Nullable;

/** A door could not be opened. The message is one line: what, and what to do about it. */
public final class DoorException extends RuntimeException {
    DoorException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

package io.quorumark.campaign.support;

/** What the user asked for cannot be: one line that names the thing, the value, what was expected and what to do. Exit code 2. */
public final class UsageError extends RuntimeException {
    public UsageError(String message) {
        super(message);
    }

    public UsageError(String message, Throwable cause) {
        super(message, cause);
    }
}

package io.quorumark.campaign.support;

/** The machine or the harness failed, not the user: a full disk, a missing native library, a trial that died. One line. Exit code 7. */
public final class HarnessException extends RuntimeException {
    public HarnessException(String message) {
        super(message);
    }

    public HarnessException(String message, Throwable cause) {
        super(message, cause);
    }
}

package io.quorumark.app;

/** The machine or the harness failed, not the user: a full disk, a missing native library, a trial that died. One line. Exit code 7. */
public final class MachineFault extends RuntimeException {
    public MachineFault(String message) {
        super(message);
    }

    public MachineFault(String message, Throwable cause) {
        super(message, cause);
    }
}

package io.quorumark.results.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;

/** A campaign folder cannot be used: one line that names the file, what is wrong with it, and what to do. */
public final class ResultsException extends RuntimeException {
    private enum Kind {
        DAMAGE,
        OTHER_VERSION,
        WRONG
    }

    private final Kind kind;

    /** The file is damaged: truncated, edited, or in contradiction to another one. */
    public ResultsException(Path file, String problem) {
        super(file + ": " + problem);
        kind = Kind.DAMAGE;
    }

    /** The file is damaged. */
    public ResultsException(Path file, String problem, Throwable cause) {
        super(file + ": " + problem, cause);
        kind = Kind.DAMAGE;
    }

    private ResultsException(Kind kind, Path file, String problem) {
        super(file + ": " + problem);
        this.kind = kind;
    }

    /** Nothing is damaged: the file or folder is the wrong one for what it was given for. */
    public static ResultsException wrong(Path file, String problem) {
        return new ResultsException(Kind.WRONG, file, problem);
    }

    /** The file is there and cannot be read, which is damage unless this user may not read it. */
    static ResultsException unreadable(Path file, IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return wrong(file, "cannot be read: permission denied; correct its permissions");
        }
        return new ResultsException(file, "cannot be read: " + AtomicFiles.reason(failure), failure);
    }

    /** The file is of another version of its format than this program reads. */
    public static ResultsException otherVersion(Path file, int version, int expected) {
        return new ResultsException(
                Kind.OTHER_VERSION,
                file,
                "has format version " + version + ", expected " + expected
                        + "; read it with the version of quorumark that wrote it");
    }

    /** Whether stored results are damaged; if not, the wrong ones were named. */
    public boolean isDamage() {
        return kind == Kind.DAMAGE;
    }

    /** Whether another version of the program can read them. */
    public boolean isOtherVersion() {
        return kind == Kind.OTHER_VERSION;
    }
}

package io.quorumark.results.store;

import java.nio.file.Path;

/** A campaign folder cannot be used: one line that names the file, what is wrong with it, and what to do. */
public final class ResultsException extends RuntimeException {
    public ResultsException(Path file, String problem) {
        super(file + ": " + problem);
    }

    /** The file is of another version of its format than this program reads. */
    public static ResultsException otherVersion(Path file, int version, int expected) {
        return new ResultsException(
                file,
                "has format version " + version + ", expected " + expected
                        + "; read it with the version of quorumark that wrote it");
    }

    public ResultsException(Path file, String problem, Throwable cause) {
        super(file + ": " + problem, cause);
    }
}

package io.quorumark.results.store;

import java.nio.file.Path;

/** A campaign folder cannot be used: one line that names the file, what is wrong with it, and what to do. */
public final class ResultsException extends RuntimeException {
    public ResultsException(Path file, String problem) {
        super(file + ": " + problem);
    }

    public ResultsException(Path file, String problem, Throwable cause) {
        super(file + ": " + problem, cause);
    }
}

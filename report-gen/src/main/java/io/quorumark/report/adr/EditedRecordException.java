package io.quorumark.report.adr;

import java.nio.file.Path;

/** Somebody wrote into the generated part of a record, or it holds none: it is not replaced. One line with the remedy. */
public final class EditedRecordException extends RuntimeException {
    EditedRecordException(Path file, String problem) {
        super(file + ": " + problem);
    }
}

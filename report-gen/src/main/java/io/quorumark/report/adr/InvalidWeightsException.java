package io.quorumark.report.adr;

/** A weights file that cannot be used. The message is one line: file, line number, what is wrong, what was expected. Remedy: edit that line. */
public final class InvalidWeightsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InvalidWeightsException(String file, int line, String problem) {
        super(file + ":" + line + ": " + problem);
    }
}

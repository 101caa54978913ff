package io.quorumark.results.store;

import io.quorumark.results.ExitCode;

/**
 * Something that is not as it was when a campaign's folder was written.
 *
 * @param file its path in the folder
 * @param sentence what is wrong with it, and what to do
 */
public record FolderFinding(Kind kind, String file, String sentence) {

    /** What is wrong with a file. */
    public enum Kind {
        /** It was there. */
        MISSING(ExitCode.INCORRECT),
        /** It is another one than was written, or than follows from the results. */
        EDITED(ExitCode.INCORRECT),
        /** It was not there, and nobody has recorded it. */
        ADDED(ExitCode.INCORRECT),
        /** A document that nobody edited, but of results that were others then. */
        STALE(ExitCode.INCORRECT),
        /** A document that another version of the program made, so that this one cannot tell. */
        OTHER_VERSION(ExitCode.INCONCLUSIVE),
        /** Nobody recorded what was stored at the end, so that the last trials could be missing. */
        NOT_ENDED(ExitCode.DONE),
        /** A trial that was measured after trials that come later: it had failed, or it was deleted, and ran again. */
        RUN_AGAIN(ExitCode.DONE);

        private final ExitCode exitCode;

        Kind(ExitCode exitCode) {
            this.exitCode = exitCode;
        }

        /** How a command ends that finds nothing worse. */
        public ExitCode exitCode() {
            return exitCode;
        }
    }

    @Override
    public String toString() {
        return kind + " " + file + ": " + sentence;
    }
}

package io.quorumark.report.text;

import io.quorumark.results.model.Software;

/** Of which source a program was built, for people. */
public final class RevisionText {
    private RevisionText() {}

    /** {@code 9f1c2ab}, and what else there was. */
    public static String of(Software software) {
        return software.gitRevision() + (software.gitDirty() ? " with changes that were not committed" : "");
    }
}

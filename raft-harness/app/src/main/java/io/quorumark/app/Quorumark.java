package io.quorumark.app;

import io.quorumark.app.cli.CommandLines;

/** The command line's entry point. */
public final class Quorumark {
    private Quorumark() {}

    public static void main(String[] arguments) {
        LibraryLogging.quiet();
        System.exit(CommandLines.create().execute(arguments));
    }
}

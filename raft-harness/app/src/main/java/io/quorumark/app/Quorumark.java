package io.quorumark.app;

import io.quorumark.app.cli.CommandLines;
import io.quorumark.campaign.support.LibraryLogging;
import io.quorumark.results.ExitCode;

/** The command line's entry point. */
public final class Quorumark {
    private Quorumark() {}

    public static void main(String[] arguments) {
        LibraryLogging.quiet();
        EndingSignals.install();
        String problem = PathEncoding.problem(arguments);
        if (problem != null) {
            System.err.println("quorumark: " + problem);
            System.exit(ExitCode.USAGE.code());
        }
        System.exit(CommandLines.execute(CommandLines.create(), arguments));
    }
}

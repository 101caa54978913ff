package io.quorumark.app;

import io.quorumark.app.cli.CommandLines;
import io.quorumark.campaign.support.LibraryLogging;
import io.quorumark.results.ExitCode;
import java.util.Locale;

/** The command line's entry point. */
public final class Quorumark {
    private Quorumark() {}

    public static void main(String[] arguments) {
        // what is printed is the same for every reader
        Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
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

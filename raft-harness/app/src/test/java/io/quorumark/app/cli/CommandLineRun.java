package io.quorumark.app.cli;

import io.quorumark.campaign.support.LibraryLogging;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/**
 * One command, run in this JVM.
 *
 * @param exitCode as the shell would see it
 * @param out standard output
 * @param err standard error
 */
record CommandLineRun(int exitCode, String out, String err) {
    static CommandLineRun of(String... arguments) {
        LibraryLogging.quiet();
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commandLine = CommandLines.create();
        commandLine.setOut(new PrintWriter(out));
        commandLine.setErr(new PrintWriter(err));
        int exitCode = CommandLines.execute(commandLine, arguments);
        return new CommandLineRun(exitCode, out.toString(), err.toString());
    }
}

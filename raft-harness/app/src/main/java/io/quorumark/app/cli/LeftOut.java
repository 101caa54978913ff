package io.quorumark.app.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;

/** Says what a command goes on without, in one line. */
final class LeftOut {
    private LeftOut() {}

    static void say(CommandSpec spec, String sentence) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("left out: " + CommandLines.oneLine(sentence));
        err.flush();
    }
}

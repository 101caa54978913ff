package io.quorumark.app.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;

/** Says which engines a command goes on without. */
final class LeftOut {
    private LeftOut() {}

    static void say(CommandSpec spec, String sentence) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("left out: " + sentence);
        err.flush();
    }
}

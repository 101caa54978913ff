package io.quorumark.app.cli;

import java.nio.file.Path;
import java.util.Arrays;

/** A campaign of the profile {@code smoke}, smaller still. */
final class SmallCampaign {
    private static final String[] SMALL = {
        "run", "--profile", "smoke", "--records", "100", "--warm-up", "0.1", "--measure", "0.5"
    };

    private SmallCampaign() {}

    /** @param more options of {@code run} */
    static CommandLineRun run(Path out, String... more) {
        String[] arguments = Arrays.copyOf(SMALL, SMALL.length + more.length + 2);
        System.arraycopy(more, 0, arguments, SMALL.length, more.length);
        arguments[arguments.length - 2] = "--out";
        arguments[arguments.length - 1] = out.toString();
        return CommandLineRun.of(arguments);
    }
}

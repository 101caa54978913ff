package io.quorumark.app.cli;

import io.quorumark.app.PathEncoding;
import io.quorumark.campaign.ProgramFile;
import io.quorumark.campaign.support.HarnessException;
import io.quorumark.campaign.support.Invocation;
import io.quorumark.campaign.support.UsageError;
import io.quorumark.engine.EngineException;
import io.quorumark.results.ExitCode;
import io.quorumark.results.store.ResultsException;
import io.quorumark.workload.spec.SpecException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.InvalidPathException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** Builds the command line: the commands, and how every failure becomes one line and an exit code. */
public final class CommandLines {
    /**
     * As wide as the longest example: a command that is broken into lines cannot be pasted. A narrower terminal folds lines without
     * breaking them.
     */
    private static final int USAGE_COLUMNS = 130;

    private CommandLines() {}

    public static CommandLine create() {
        CommandLine commandLine = new CommandLine(new Root());
        commandLine.addSubcommand(new CommandLine(new JmhCommand()).setUnmatchedOptionsArePositionalParams(true));
        commandLine.setCommandName(Invocation.launcher());
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        // an argument that begins with @ is a name like any other
        commandLine.setExpandAtFiles(false);
        commandLine.setUsageHelpWidth(USAGE_COLUMNS);
        commandLine.setParameterExceptionHandler(CommandLines::usageError);
        commandLine.setExecutionExceptionHandler(CommandLines::failure);
        return commandLine;
    }

    /**
     * Runs one command.
     *
     * @return its exit code, also if the JVM had no memory or stack left for it: nothing else may be taken for a verdict
     */
    public static int execute(CommandLine commandLine, String... arguments) {
        try {
            int code = commandLine.execute(arguments);
            if (commandLine.getOut().checkError()) {
                commandLine
                        .getErr()
                        .println("quorumark: standard output could not be written; what the command printed is lost");
                return code == ExitCode.DONE.code() ? ExitCode.HARNESS.code() : code;
            }
            return code;
        } catch (VirtualMachineError | LinkageError | AssertionError e) {
            PrintWriter err = commandLine.getErr();
            if (List.of(arguments).contains("--verbose")) {
                e.printStackTrace(err);
            }
            err.println("quorumark: " + oneLine(sentence(e)));
            err.flush();
            return ExitCode.HARNESS.code();
        }
    }

    private static String sentence(Error error) {
        return error instanceof OutOfMemoryError
                ? "the program has no memory left (" + error.getMessage()
                        + "); give its JVM more, such as JAVA_TOOL_OPTIONS=-Xmx4g"
                : defect(error);
    }

    private static String defect(Throwable failure) {
        return "internal error: " + failure + "; run again with --verbose and report what it prints";
    }

    private static int usageError(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("quorumark: " + oneLine(String.valueOf(failure.getMessage())));
        if (!UnmatchedArgumentException.printSuggestions(failure, err)) {
            err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        }
        return ExitCode.USAGE.code();
    }

    private static int failure(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        if (((Root) command.getCommandSpec().root().userObject()).verbose) {
            failure.printStackTrace(err);
        }
        err.println("quorumark: " + oneLine(sentence(failure)));
        return exitCode(failure).code();
    }

    /** A command whose thread was asked to end fails with what it meets on its way out. */
    private static boolean isInterrupted(Throwable failure) {
        return cause(failure, InterruptedException.class) != null
                || cause(failure, ClosedByInterruptException.class) != null;
    }

    /** The failure itself or what caused it, if it is of that type. */
    private static <T extends Throwable> @Nullable T cause(Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }

    /** Wrong input is the user's, also if an engine finds it; a damaged folder is corruption, and the rest is the machine's. */
    private static ExitCode exitCode(Exception failure) {
        if (isInterrupted(failure)) {
            return ExitCode.INTERRUPTED;
        }
        if (failure instanceof ResultsException results && results.isDamage()) {
            return ExitCode.INCORRECT;
        }
        boolean usersDoing = failure instanceof UsageError
                || failure instanceof SpecException
                || failure instanceof ResultsException
                || failure instanceof EngineException.Unsupported
                || failure instanceof EngineException.InvalidOption
                || failure instanceof IllegalArgumentException
                || denied(failure) != null;
        return usersDoing ? ExitCode.USAGE : ExitCode.HARNESS;
    }

    /** The user's own file or folder, if the failure is that this user may not use it. */
    private static @Nullable AccessDeniedException denied(Exception failure) {
        Throwable thrown = failure instanceof UncheckedIOException ? failure.getCause() : failure;
        return thrown instanceof AccessDeniedException denied ? denied : null;
    }

    private static String sentence(Exception failure) {
        if (isInterrupted(failure)) {
            return "interrupted";
        }
        String message = failure.getMessage();
        InvalidPathException path = cause(failure, InvalidPathException.class);
        if (path != null) {
            return PathEncoding.problem(path.getInput());
        }
        boolean speaksForItself = failure instanceof UsageError
                || failure instanceof HarnessException
                || failure instanceof SpecException
                || failure instanceof ResultsException
                || failure instanceof EngineException
                || failure instanceof IllegalArgumentException;
        if (speaksForItself && message != null) {
            return message;
        }
        AccessDeniedException denied = denied(failure);
        if (denied != null) {
            return denied.getFile() + ": permission denied; correct its permissions";
        }
        if (failure instanceof IOException || failure instanceof UncheckedIOException) {
            return "input or output failed: " + message
                    + "; check the path, its permissions and the space on the device";
        }
        return defect(failure);
    }

    static String oneLine(String message) {
        return message.replaceAll("\\s*\\R\\s*", " ").strip();
    }

    /** The program itself; its commands do everything. */
    @Command(
            name = "quorumark",
            description = "Which embedded key-value engine belongs under your Raft group? Measured, and proved fair.",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            synopsisSubcommandLabel = "COMMAND",
            subcommands = {
                RunCommand.class,
                ReportCommand.class,
                IndexCommand.class,
                AdrCommand.class,
                LinearizabilityCommand.class,
                CompareCommand.class,
                GateCommand.class,
                HistoryCommand.class,
                VerifyCommand.class,
                DurabilityCommand.class,
                DrillCommand.class,
                DoctorCommand.class,
                NodeCommand.class,
                ClusterCommand.class,
                ListCommand.class,
                HelpCommand.class
            },
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {
                "0:done, and the gate (if any) passed",
                "1:a regression",
                "2:usage or configuration error",
                "3:inconclusive (0 unless --strict); without --strict too if nothing can be judged: no trial counts, or base and"
                        + " head are the same campaign",
                "4:correctness or durability failure, or damaged results",
                "5:unfair comparison",
                "6:nothing comparable (0 unless --strict)",
                "7:the machine or the harness failed, or something could not be written",
                "130:interrupted (SIGINT, SIGTERM); a campaign can be resumed"
            })
    static final class Root implements Runnable {
        @Option(
                names = "--verbose",
                scope = ScopeType.INHERIT,
                description = "Print the stack trace of a failure before its one line.")
        boolean verbose;

        @CommandLine.Spec
        private CommandLine.Model.@org.jspecify.annotations.Nullable CommandSpec spec;

        @Override
        public void run() {
            if (spec != null) {
                throw new ParameterException(
                        spec.commandLine(),
                        "a command is missing, expected one of "
                                + spec.subcommands().keySet());
            }
        }
    }

    /** Reads the version that the build wrote into the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"quorumark " + current()};
        }

        static String current() {
            return ProgramFile.version();
        }
    }
}

package io.quorumark.app;

import io.quorumark.app.cli.CommandLines;
import io.quorumark.campaign.support.LibraryLogging;
import io.quorumark.results.ExitCode;
import io.quorumark.results.store.Streams;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import picocli.CommandLine;

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
        CommandLine commandLine = CommandLines.create();
        commandLine.setOut(utf8(FileDescriptor.out, 1));
        commandLine.setErr(utf8(FileDescriptor.err, 2));
        System.exit(CommandLines.execute(commandLine, arguments));
    }

    /** In every locale, as programs read what is printed; and unlike {@link System#out} it tells that it failed. */
    private static PrintWriter utf8(FileDescriptor descriptor, int number) {
        return new PrintWriter(new OutputStreamWriter(new Output(descriptor, number), StandardCharsets.UTF_8), true);
    }

    /** A reader that has gone, such as {@code head}, has all that it wanted. */
    private static final class Output extends FileOutputStream {
        private final int number;

        Output(FileDescriptor descriptor, int number) {
            super(descriptor);
            this.number = number;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            try {
                super.write(bytes, from, length);
            } catch (IOException e) {
                if (!Streams.isReaderGone(number)) {
                    throw e;
                }
            }
        }
    }
}

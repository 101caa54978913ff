package io.quorumark.app.cli;

import io.quorumark.campaign.support.OutputPath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code quorumark jmh}: plain JMH, with every option that JMH has. */
@Command(
        name = "jmh",
        description = "Run the JMH benchmarks; everything after 'jmh' goes to JMH itself ('jmh -h' shows its options).",
        footer = {
            "%nExamples:",
            "  ${ROOT-COMMAND-NAME} jmh -l",
            "  ${ROOT-COMMAND-NAME} jmh EngineWriteBenchmark.put -p engine=rocksdb,lmdb"
        })
final class JmhCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ARG", arity = "0..*", description = "JMH's own arguments")
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        checkOutputs();
        org.openjdk.jmh.Main.main(arguments.toArray(new String[0]));
        return 0;
    }

    /** JMH writes these after hours, over whatever is there. */
    private void checkOutputs() {
        CommandLineOptions options;
        try {
            options = new CommandLineOptions(arguments.toArray(new String[0]));
        } catch (CommandLineOptionException e) {
            return; // JMH says it itself
        }
        List<OutputPath> files = new ArrayList<>();
        if (options.getResult().hasValue()) {
            files.add(OutputPath.of("-rff", Path.of(options.getResult().get())));
        }
        if (options.getOutput().hasValue()) {
            files.add(OutputPath.of("-o", Path.of(options.getOutput().get())));
        }
        OutputPath.requireApart(files);
    }
}

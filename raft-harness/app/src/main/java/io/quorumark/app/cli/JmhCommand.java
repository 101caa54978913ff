package io.quorumark.app.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
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
        org.openjdk.jmh.Main.main(arguments.toArray(new String[0]));
        return 0;
    }
}

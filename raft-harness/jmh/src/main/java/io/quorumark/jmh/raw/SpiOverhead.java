package io.quorumark.jmh.raw;

import java.io.PrintStream;
import java.util.List;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * {@code scripts/jmh-overhead}: the adapters' cost as a table, and every fork as JMH's JSON. Takes JMH's options; {@code -f} is the number
 * of rounds, {@code -p engine=} and operations by name choose, {@code -rff} names the JSON file.
 */
public final class SpiOverhead {
    private static final List<String> ENGINES = List.of("rocksdb", "lmdb", "mapdb", "xodus", "memory");
    private static final List<String> OPERATIONS = List.of("get", "put", "batch", "next");
    private static final int ROUNDS = 6;
    private static final String JSON_FILE = "jmh-overhead.json";

    private SpiOverhead() {}

    public static void main(String[] arguments) throws RunnerException, CommandLineOptionException {
        CommandLineOptions given = new CommandLineOptions(arguments);
        List<String> engines = given.getParameter("engine").hasValue()
                ? List.copyOf(given.getParameter("engine").get())
                : ENGINES;
        List<String> operations = given.getIncludes().isEmpty() ? OPERATIONS : given.getIncludes();
        if (!OPERATIONS.containsAll(operations)) {
            System.err.println("operations are " + operations + ", expected some of " + OPERATIONS
                    + "; options begin with a dash, as JMH's do");
            System.exit(2);
        }
        OverheadRun run = new OverheadRun(oneFork(given));
        List<OverheadRow> rows =
                run.measure(engines, operations, given.getForkCount().orElse(ROUNDS));
        String file = given.getResult().orElse(JSON_FILE);
        ResultFormatFactory.getInstance(ResultFormatType.JSON, file).writeOut(run.results());
        PrintStream out = System.out;
        out.println(OverheadTable.of(rows));
        out.println("every fork: " + file);
    }

    /** The iterations asked for, in one fork; what the rest of the command line means is decided here. */
    private static Options oneFork(CommandLineOptions given) {
        OptionsBuilder options = new OptionsBuilder();
        options.forks(1).shouldFailOnError(true).verbosity(given.verbosity().orElse(VerboseMode.SILENT));
        if (given.getWarmupIterations().hasValue()) {
            options.warmupIterations(given.getWarmupIterations().get());
        }
        if (given.getWarmupTime().hasValue()) {
            options.warmupTime(given.getWarmupTime().get());
        }
        if (given.getMeasurementIterations().hasValue()) {
            options.measurementIterations(given.getMeasurementIterations().get());
        }
        if (given.getMeasurementTime().hasValue()) {
            options.measurementTime(given.getMeasurementTime().get());
        }
        for (String name : List.of("records", "valueBytes")) {
            if (given.getParameter(name).hasValue()) {
                options.param(name, given.getParameter(name).get().toArray(String[]::new));
            }
        }
        return options.build();
    }
}

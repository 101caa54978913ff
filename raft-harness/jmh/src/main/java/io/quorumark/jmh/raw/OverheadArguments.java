package io.quorumark.jmh.raw;

import io.quorumark.campaign.support.OutputPath;
import io.quorumark.campaign.support.UsageError;
import java.nio.file.Path;
import java.util.List;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * A command line that compares two sides, in JMH's options.
 *
 * @param engines of {@code -p engine=}, or all
 * @param operations by name, or all
 * @param rounds of {@code -f}
 * @param jsonFile of {@code -rff}
 * @param oneFork the iterations asked for, in one fork; what the rest of the command line means is decided elsewhere
 */
record OverheadArguments(List<String> engines, List<String> operations, int rounds, String jsonFile, Options oneFork) {
    private static final int ROUNDS = 6;

    /** @throws CommandLineOptionException an engine or operation is none of these, the JSON file cannot be written, or JMH refuses an
     *     option */
    static OverheadArguments of(
            String[] arguments, List<String> allEngines, List<String> allOperations, String jsonFile)
            throws CommandLineOptionException {
        CommandLineOptions given = new CommandLineOptions(arguments);
        List<String> engines = given.getParameter("engine").hasValue()
                ? List.copyOf(given.getParameter("engine").get())
                : allEngines;
        List<String> operations = given.getIncludes().isEmpty() ? allOperations : given.getIncludes();
        require("engines", engines, allEngines);
        require("operations", operations, allOperations);
        String json = given.getResult().orElse(jsonFile);
        try {
            OutputPath.of("-rff", Path.of(json));
        } catch (UsageError e) {
            throw new CommandLineOptionException(String.valueOf(e.getMessage()), e);
        }
        return new OverheadArguments(engines, operations, given.getForkCount().orElse(ROUNDS), json, oneFork(given));
    }

    private static void require(String what, List<String> named, List<String> all) throws CommandLineOptionException {
        if (!all.containsAll(named)) {
            throw new CommandLineOptionException(
                    what + " are " + named + ", expected some of " + all + "; options begin with a dash, as JMH's do");
        }
    }

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

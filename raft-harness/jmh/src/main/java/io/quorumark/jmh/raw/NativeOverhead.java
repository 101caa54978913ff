package io.quorumark.jmh.raw;

import io.quorumark.engine.Durability;
import java.io.IOException;
import java.util.List;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;

/**
 * {@code scripts/native-overhead}: what engines in Go and Rust cost through the JVM, beside the same work in their own language. Takes the
 * options of {@link SpiOverhead}; every fork through the SPI is in the JSON file.
 */
public final class NativeOverhead {
    private static final List<String> ENGINES = List.of("badger", "bbolt", "pebble", "redb");

    /** As {@link SpiOverheadBenchmark} has them, but for {@code commit}, which is a put that waits for the device. */
    private static final List<String> OPERATIONS = List.of("get", "batch", "next", "commit");

    private static final String JSON_FILE = "native-overhead.json";

    private NativeOverhead() {}

    public static void main(String[] arguments) throws RunnerException, IOException, InterruptedException {
        OverheadArguments given;
        try {
            given = OverheadArguments.of(arguments, ENGINES, OPERATIONS, JSON_FILE);
        } catch (CommandLineOptionException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        Forks forks = new Forks(given.oneFork());
        RawProgram programs = RawProgram.ofSystemProperties(given.oneFork());
        List<OverheadRow> rows = new OverheadRun(
                        (engine, operation) ->
                                forks.run(engine, method(operation), EngineAccesses.SPI, level(engine, operation)),
                        (engine, operation) -> programs.run(engine, method(operation), level(engine, operation)))
                .measure(given.engines(), given.operations(), given.rounds());
        ResultFormatFactory.getInstance(ResultFormatType.JSON, given.jsonFile()).writeOut(forks.results());
        System.out.println(OverheadTable.of(rows));
        System.out.println("every fork through the SPI: " + given.jsonFile());
    }

    private static String method(String operation) {
        return operation.equals("commit") ? "put" : operation;
    }

    /** Of what both sides have, the level with the least of the device in it. Pebble by itself has no level between no log and a sync. */
    private static Durability level(String engine, String operation) {
        if (operation.equals("commit")) {
            return Durability.POWER_LOSS;
        }
        return engine.equals("pebble") ? Durability.NONE : Durability.PROCESS_CRASH;
    }
}

package io.quorumark.jmh.raw;

import io.quorumark.engine.Durability;
import java.io.IOException;
import java.util.List;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;

/**
 * {@code scripts/jmh-overhead}: the adapters' cost as a table, and every fork as JMH's JSON. Takes JMH's options; {@code -f} is the number
 * of rounds, {@code -p engine=} and operations by name choose, {@code -rff} names the JSON file.
 */
public final class SpiOverhead {
    private static final List<String> ENGINES = List.of("rocksdb", "lmdb", "mapdb", "xodus", "memory");
    private static final List<String> OPERATIONS = List.of("get", "put", "batch", "next");
    private static final String JSON_FILE = "jmh-overhead.json";

    private SpiOverhead() {}

    public static void main(String[] arguments) throws RunnerException, IOException, InterruptedException {
        OverheadArguments given;
        try {
            given = OverheadArguments.of(arguments, ENGINES, OPERATIONS, JSON_FILE);
        } catch (CommandLineOptionException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        // A sync would hide the adapter behind the device.
        Durability level = Durability.PROCESS_CRASH;
        Forks forks = new Forks(given.oneFork());
        List<OverheadRow> rows = new OverheadRun(
                        (engine, operation) -> forks.run(engine, operation, EngineAccesses.SPI, level),
                        (engine, operation) -> forks.run(engine, operation, EngineAccesses.RAW, level))
                .measure(given.engines(), given.operations(), given.rounds());
        ResultFormatFactory.getInstance(ResultFormatType.JSON, given.jsonFile()).writeOut(forks.results());
        System.out.println(OverheadTable.of(rows));
        System.out.println("every fork: " + given.jsonFile());
    }
}

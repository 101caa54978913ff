package io.quorumark.jmh;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Benchmarks run as briefly as JMH can, in this JVM. What they measure is nobody's business. */
final class TinyRuns {
    private static final String DATA = "quorumark.jmh.data";

    /** JMH lets one process of a machine measure at a time. */
    private static final String BESIDE_OTHERS = "jmh.ignoreLock";

    private TinyRuns() {}

    /** From now on data goes to this folder. */
    static void in(Path folder) {
        System.setProperty(DATA, folder.toString());
        System.setProperty(BESIDE_OTHERS, "true");
    }

    static void anywhere() {
        System.clearProperty(DATA);
        System.clearProperty(BESIDE_OTHERS);
    }

    /** The names of all benchmarks. */
    static Set<String> benchmarks() {
        return BenchmarkList.defaultList()
                .getAll(OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT), List.of())
                .stream()
                .map(entry -> entry.getUsername())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static Set<String> namesOf(Collection<RunResult> results) {
        return results.stream().map(result -> result.getParams().getBenchmark()).collect(Collectors.toSet());
    }

    static ChainedOptionsBuilder tiny(String benchmarks) {
        return new OptionsBuilder()
                .include(benchmarks)
                .forks(0)
                .warmupIterations(0)
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(10))
                .param("records", "300")
                .param("retainedEntries", "100")
                .param("clients", "16")
                .verbosity(VerboseMode.SILENT);
    }

    static Collection<RunResult> run(ChainedOptionsBuilder options) throws RunnerException {
        return new Runner(options.build()).run();
    }
}

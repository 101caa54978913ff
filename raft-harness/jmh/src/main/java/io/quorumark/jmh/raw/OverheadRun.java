package io.quorumark.jmh.raw;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs the pairs in rounds: in each, every engine and operation once through the SPI and once raw, one fork each, directly after each other
 * and in an order that changes from round to round, so that a drift of the machine meets both. JMH itself would run all forks of one before
 * the first of the other.
 */
final class OverheadRun {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private final Options given;
    private final Map<String, Collection<BenchmarkResult>> forks = new LinkedHashMap<>();
    private final Map<String, BenchmarkParams> params = new LinkedHashMap<>();

    /** @param given what the user asked of JMH; engine, api, included benchmarks and forks are set here */
    OverheadRun(Options given) {
        this.given = given;
    }

    /** Measures every engine and operation in each round; rows in the order of engines, then operations. */
    List<OverheadRow> measure(List<String> engines, List<String> operations, int rounds) throws RunnerException {
        Map<String, List<OverheadRow.Round>> measured = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (String engine : engines) {
                for (String operation : operations) {
                    measured.computeIfAbsent(engine + " " + operation, absent -> new ArrayList<>())
                            .add(round(engine, operation, round % 2 == 0));
                }
            }
        }
        List<OverheadRow> rows = new ArrayList<>();
        for (String engine : engines) {
            for (String operation : operations) {
                rows.add(
                        new OverheadRow(engine, operation, measured.getOrDefault(engine + " " + operation, List.of())));
            }
        }
        return rows;
    }

    private OverheadRow.Round round(String engine, String operation, boolean spiFirst) throws RunnerException {
        if (spiFirst) {
            OverheadRow.Side spi = fork(engine, operation, Contenders.SPI);
            return new OverheadRow.Round(spi, fork(engine, operation, Contenders.RAW));
        }
        OverheadRow.Side raw = fork(engine, operation, Contenders.RAW);
        return new OverheadRow.Round(fork(engine, operation, Contenders.SPI), raw);
    }

    /** All forks, those of one benchmark under one result, as JMH's own formats have them. */
    List<RunResult> results() {
        List<RunResult> results = new ArrayList<>();
        forks.forEach((name, all) -> results.add(new RunResult(params.get(name), all)));
        return results;
    }

    private OverheadRow.Side fork(String engine, String operation, String api) throws RunnerException {
        Options options = new OptionsBuilder()
                .parent(given)
                .include("^" + SpiOverheadBenchmark.class.getName().replace(".", "\\.") + "\\." + operation + "$")
                .param("engine", engine)
                .param("api", api)
                .addProfiler(GCProfiler.class)
                .build();
        RunResult result = new Runner(options).runSingle();
        String name = engine + " " + operation + " " + api;
        params.put(name, result.getParams());
        forks.computeIfAbsent(name, absent -> new ArrayList<>()).addAll(result.getBenchmarkResults());
        return new OverheadRow.Side(result.getPrimaryResult().getScore(), allocatedBytes(result));
    }

    private static double allocatedBytes(RunResult result) {
        for (String label : result.getSecondaryResults().keySet()) {
            if (label.endsWith(ALLOCATED)) {
                return result.getSecondaryResults().get(label).getScore();
            }
        }
        throw new IllegalStateException("JMH reported no " + ALLOCATED + ", expected its GC profiler to; it has "
                + result.getSecondaryResults().keySet());
    }
}

package io.quorumark.jmh.raw;

import io.quorumark.engine.Durability;
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

/** Runs {@link SpiOverheadBenchmark} in JVMs of their own, and keeps what JMH has told of each. For one thread. */
final class Forks {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private final Options given;
    private final Map<String, Collection<BenchmarkResult>> results = new LinkedHashMap<>();
    private final Map<String, BenchmarkParams> params = new LinkedHashMap<>();

    /** @param given iterations of one fork; benchmark, engine, api and durability are set here */
    Forks(Options given) {
        this.given = given;
    }

    /** @param method of {@link SpiOverheadBenchmark} */
    OverheadRow.Side run(String engine, String method, String api, Durability durability) throws RunnerException {
        Options options = new OptionsBuilder()
                .parent(given)
                .include("^" + SpiOverheadBenchmark.class.getName().replace(".", "\\.") + "\\." + method + "$")
                .param("engine", engine)
                .param("api", api)
                .param("durability", durability.code())
                .addProfiler(GCProfiler.class)
                .build();
        RunResult result = new Runner(options).runSingle();
        String name = String.join(" ", engine, method, api, durability.code());
        params.put(name, result.getParams());
        results.computeIfAbsent(name, absent -> new ArrayList<>()).addAll(result.getBenchmarkResults());
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

    /** All forks, those of one benchmark under one result, as JMH's own formats have them. */
    List<RunResult> results() {
        List<RunResult> all = new ArrayList<>();
        results.forEach((name, forks) -> all.add(new RunResult(params.get(name), forks)));
        return all;
    }
}

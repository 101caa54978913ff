package io.quorumark.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.campaign.engine.Engines;
import io.quorumark.engine.Ability;
import io.quorumark.engine.Capabilities;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Every benchmark at a tiny size, in this JVM, so that none of them rots. */
class EveryBenchmarkTest {
    private static final String BARE_ENGINES_WITHOUT_TRANSACTIONS =
            ".*\\.(Engine(Read|Write|Scan|Log)|Recovery)Benchmark\\..*";
    private static final String BARE_ENGINES = ".*\\.(Engine(Read|Write|Scan|Log|Transaction)|Recovery)Benchmark\\..*";
    private static final String TRANSACTIONS = EngineTransactionBenchmark.class.getName() + ".readAndWrite";

    @TempDir
    Path data;

    @BeforeEach
    void keep_the_data_here() {
        System.setProperty("quorumark.jmh.data", data.toString());
    }

    @AfterEach
    void forget_the_folder() {
        System.clearProperty("quorumark.jmh.data");
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory", "rocksdb"})
    void every_benchmark_runs_and_leaves_nothing_behind(String engine) throws Exception {
        Set<String> expected = benchmarks();
        Collection<RunResult> results = run(tiny(".*").param("engine", engine));
        Set<String> ran = namesOf(results);
        // Only an engine that claims transactions runs theirs, and only built libraries are crossed to.
        assertThat(expected).containsAll(ran);
        expected.remove(TRANSACTIONS);
        if (!Engines.onClassPath().leftOut().isEmpty()) {
            expected.remove(CrossingBenchmark.class.getName() + ".nothing");
        }
        assertThat(ran).containsAll(expected);
        try (var left = Files.list(data)) {
            assertThat(left).isEmpty();
        }
    }

    /** As {@code -p engine=}: each one that can be opened here, at the strongest level it has up to the default. */
    static Stream<EngineProvider> enginesThatKeepData() {
        return Engines.onClassPath().retainingData().stream();
    }

    @ParameterizedTest
    @MethodSource("enginesThatKeepData")
    void benchmarks_of_bare_engines_take_every_engine(EngineProvider provider) throws Exception {
        Capabilities can = provider.capabilities();
        // In one JVM, a benchmark that is skipped in its setup leaves its closed state to the next run.
        String claimed = can.has(Ability.TRANSACTIONS) ? BARE_ENGINES : BARE_ENGINES_WITHOUT_TRANSACTIONS;
        Set<String> expected =
                benchmarks().stream().filter(name -> name.matches(claimed)).collect(Collectors.toSet());
        assertThat(expected).hasSizeGreaterThan(10);
        assertThat(namesOf(run(tiny(claimed)
                        .param("engine", provider.id())
                        .param(
                                "durability",
                                can.strongestUpTo(Durability.PROCESS_CRASH).name()))))
                .isEqualTo(expected);
        try (var left = Files.list(data)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void a_level_that_an_engine_lacks_is_skipped_while_the_others_run() throws Exception {
        Collection<RunResult> results = run(tiny("EngineReadBenchmark.getHit")
                .param("engine", "mapdb", "memory")
                .param("durability", "POWER_LOSS"));
        assertThat(results).hasSize(1);
        assertThat(results.iterator().next().getParams().getParam("engine")).isEqualTo("memory");
    }

    @Test
    void data_can_be_a_multiple_of_the_budget() throws Exception {
        EngineState state = new EngineState();
        state.engine = "memory";
        state.durability = "NONE";
        state.valueBytes = 16_384;
        state.budgetMiB = 8;
        state.dataToBudget = 2;
        state.open();
        try {
            assertThat((long) state.count() * (Records.KEY_BYTES + state.valueBytes))
                    .isBetween(15L << 20, 16L << 20);
        } finally {
            state.close();
        }
    }

    private static Set<String> benchmarks() {
        return BenchmarkList.defaultList()
                .getAll(OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT), java.util.List.of())
                .stream()
                .map(entry -> entry.getUsername())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> namesOf(Collection<RunResult> results) {
        return results.stream().map(result -> result.getParams().getBenchmark()).collect(Collectors.toSet());
    }

    private static ChainedOptionsBuilder tiny(String benchmarks) {
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

    private static Collection<RunResult> run(ChainedOptionsBuilder options) throws RunnerException {
        return new Runner(options.build()).run();
    }
}

package io.quorumark.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.campaign.engine.Engines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.results.RunResult;

/** Every benchmark at a tiny size, in this JVM, so that none of them rots. */
class EveryBenchmarkTest {
    private static final String TRANSACTIONS = EngineTransactionBenchmark.class.getName() + ".readAndWrite";

    @TempDir
    Path data;

    @BeforeEach
    void keep_the_data_here() {
        TinyRuns.in(data);
    }

    @AfterEach
    void forget_the_folder() {
        TinyRuns.anywhere();
    }

    /** The engines that {@link BareEngineBenchmarksTest} leaves out, at the same level. */
    static Set<String> enginesOfEveryBenchmark() {
        return Set.of("memory", "rocksdb");
    }

    @ParameterizedTest
    @MethodSource("enginesOfEveryBenchmark")
    void every_benchmark_runs_and_leaves_nothing_behind(String engine) throws Exception {
        Set<String> expected = TinyRuns.benchmarks();
        Collection<RunResult> results = TinyRuns.run(TinyRuns.tiny(".*").param("engine", engine));
        Set<String> ran = TinyRuns.namesOf(results);
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

    @Test
    void a_level_that_an_engine_lacks_is_skipped_while_the_others_run() throws Exception {
        Collection<RunResult> results = TinyRuns.run(TinyRuns.tiny("EngineReadBenchmark.getHit")
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
}

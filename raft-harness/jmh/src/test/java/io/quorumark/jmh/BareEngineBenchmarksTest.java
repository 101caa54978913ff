package io.quorumark.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.campaign.engine.Engines;
import io.quorumark.engine.Ability;
import io.quorumark.engine.Capabilities;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The benchmarks of bare engines at a tiny size, in this JVM, on every engine that there is. */
class BareEngineBenchmarksTest {
    private static final String BARE_ENGINES_WITHOUT_TRANSACTIONS =
            ".*\\.(Engine(Read|Write|Scan|Log)|Recovery)Benchmark\\..*";
    private static final String BARE_ENGINES = ".*\\.(Engine(Read|Write|Scan|Log|Transaction)|Recovery)Benchmark\\..*";

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

    /**
     * As {@code -p engine=}: each one that can be opened here, at the strongest level it has up to the default; but those on which
     * {@link EveryBenchmarkTest} runs these and all others.
     */
    static Stream<EngineProvider> enginesThatKeepData() {
        return Engines.onClassPath().retainingData().stream()
                .filter(provider ->
                        !EveryBenchmarkTest.enginesOfEveryBenchmark().contains(provider.id()));
    }

    @ParameterizedTest
    @MethodSource("enginesThatKeepData")
    void benchmarks_of_bare_engines_take_every_engine(EngineProvider provider) throws Exception {
        Capabilities can = provider.capabilities();
        // In one JVM, a benchmark that is skipped in its setup leaves its closed state to the next run.
        String claimed = can.has(Ability.TRANSACTIONS) ? BARE_ENGINES : BARE_ENGINES_WITHOUT_TRANSACTIONS;
        Set<String> expected = TinyRuns.benchmarks().stream()
                .filter(name -> name.matches(claimed))
                .collect(Collectors.toSet());
        assertThat(expected).hasSizeGreaterThan(10);
        assertThat(TinyRuns.namesOf(TinyRuns.run(TinyRuns.tiny(claimed)
                        .param("engine", provider.id())
                        .param(
                                "durability",
                                can.strongestUpTo(Durability.PROCESS_CRASH).name()))))
                .isEqualTo(expected);
        try (var left = Files.list(data)) {
            assertThat(left).isEmpty();
        }
    }
}

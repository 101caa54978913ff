package io.quorumark.app.tutorial;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorumark.campaign.engine.Engines;
import io.quorumark.campaign.targets.EngineTarget;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.KVEngine;
import io.quorumark.engine.Keyspace;
import io.quorumark.workload.OperationStream;
import io.quorumark.workload.Target;
import io.quorumark.workload.catalog.WorkloadCatalog;
import io.quorumark.workload.driver.DriverResult;
import io.quorumark.workload.driver.Load;
import io.quorumark.workload.driver.LoadDriver;
import io.quorumark.workload.driver.NanoClock;
import io.quorumark.workload.driver.PhaseLimit;
import io.quorumark.workload.driver.Progress;
import io.quorumark.workload.driver.RunPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a target is driven: what {@link LoadDriver} shows, on a bare engine. */
class DriverTutorialTest {
    private static final List<Keyspace> KEYSPACES = Keyspace.listOf("records");

    @TempDir
    Path folder;

    @Test
    void a_target_is_loaded_and_measured() throws Exception {
        EngineConfig config = EngineConfig.of(folder, KEYSPACES, Durability.PROCESS_CRASH);
        try (KVEngine engine = Engines.onClassPath().require("memory").open(config);
                Target target = new EngineTarget(engine, KEYSPACES.get(0), Durability.PROCESS_CRASH)) {
            // example
            OperationStream stream = WorkloadCatalog.find("ycsb-a").openStream(42, 1_000);
            Duration patience = Duration.ofSeconds(10);
            LoadDriver driver = new LoadDriver(stream, target, NanoClock.system(), Progress.Listener.NONE, 42);
            driver.load(8, patience);
            DriverResult result = driver.run(new RunPlan(
                    new Load.ClosedLoop(8),
                    new PhaseLimit.Operations(1_000), // warm-up
                    new PhaseLimit.Operations(10_000),
                    patience,
                    1)); // ends at the first failed operation
            double opsPerSecond = result.throughputOpsPerSecond();
            // end of example
            assertThat(result.stoppedEarly()).isEmpty();
            assertThat(opsPerSecond).isPositive();
        }
    }

    @Test
    void documents_show_what_is_tested() {
        assertThat(Example.ofClassComment("workloads/src/main/java/io/quorumark/workload/driver/LoadDriver.java"))
                .isEqualTo(Example.testedBy(DriverTutorialTest.class));
    }
}

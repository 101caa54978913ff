package io.quorumark.workload;

import io.quorumark.workload.catalog.WorkloadCatalog;
import io.quorumark.workload.driver.DriverResult;
import io.quorumark.workload.driver.Load;
import io.quorumark.workload.driver.LoadDriver;
import io.quorumark.workload.driver.NanoClock;
import io.quorumark.workload.driver.PhaseLimit;
import io.quorumark.workload.driver.Progress;
import io.quorumark.workload.driver.RunPlan;
import java.time.Duration;
import java.util.Locale;

/** Prints what generating, driving and replaying cost on this machine. Run by hand; no test depends on the figures. */
final class StreamCost {
    private static final long RECORDS = 100_000;
    private static final long OPERATIONS = 2_000_000;

    private StreamCost() {}

    public static void main(String[] arguments) throws InterruptedException {
        for (String name : WorkloadCatalog.names()) {
            WorkloadSpec spec = WorkloadCatalog.find(name);
            double generateNanos = 0;
            for (int round = 0; round < 5; round++) {
                generateNanos = generateNanos(spec);
            }
            double driveNanos = driveNanos(spec);
            long start = System.nanoTime();
            ContentModel model = ContentModel.replay(spec, 1, RECORDS, 1_000_000);
            double replaySeconds = (System.nanoTime() - start) / 1e9;
            String digest = model.digest();
            double digestSeconds = (System.nanoTime() - start) / 1e9 - replaySeconds;
            System.out.printf(
                    Locale.ROOT,
                    "%-14s generate %4.0f ns/op, driven %4.0f ns/op, replay 1M %.2f s, content digest %.2f s of %d records (%s)%n",
                    name,
                    generateNanos,
                    driveNanos,
                    replaySeconds,
                    digestSeconds,
                    model.records(),
                    digest.substring(0, 8));
        }
    }

    private static double generateNanos(WorkloadSpec spec) {
        OperationStream stream = spec.openStream(1, RECORDS);
        Operation operation = new Operation();
        while (stream.position() < stream.loadOperations()) {
            stream.next(operation);
        }
        long start = System.nanoTime();
        for (long i = 0; i < OPERATIONS; i++) {
            stream.next(operation);
        }
        return (System.nanoTime() - start) / (double) OPERATIONS;
    }

    private static double driveNanos(WorkloadSpec spec) throws InterruptedException {
        Target inline = new Target() {
            @Override
            public void submit(Operation operation, Completion completion) {
                completion.complete(Outcome.OK);
            }

            @Override
            public void close() {}
        };
        LoadDriver driver =
                new LoadDriver(spec.openStream(1, RECORDS), inline, NanoClock.system(), Progress.Listener.NONE, 1);
        driver.load(16, Duration.ofSeconds(10));
        DriverResult result = driver.run(new RunPlan(
                new Load.ClosedLoop(16),
                new PhaseLimit.Seconds(1),
                new PhaseLimit.Operations(OPERATIONS),
                Duration.ofSeconds(10),
                1));
        return result.windowSeconds() * 1e9 / result.operations();
    }
}

package io.quorumark.jmh;

import io.quorumark.campaign.engine.Engines;
import io.quorumark.campaign.support.LibraryLogging;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineProvider;
import io.quorumark.raft.ClusterConfig;
import io.quorumark.raft.LocalCluster;
import io.quorumark.raft.SnapshotPolicy;
import io.quorumark.raft.StoreSpec;
import io.quorumark.raft.Transport;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Puts of a three-member Raft group in this JVM, log and state on the engine, with a fixed number of operations outstanding. The figure is
 * acknowledged puts.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 5)
@Measurement(iterations = 5, time = 4)
@Fork(
        value = 1,
        jvmArgsPrepend = {
            "-Xms4g",
            "-Xmx4g",
            "-Xmn2500m",
            "-XX:+UseParallelGC",
            "-XX:+IgnoreUnrecognizedVMOptions",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dcom.google.protobuf.use_unsafe_pre22_gencode=true"
        })
public class ReplicatedPutBenchmark {
    private static final int PUTS_PER_INVOCATION = 20_000;

    /** A provider id. MapDB cannot hold a log: it runs in campaigns, beside another engine's log. */
    @Param({"memory", "rocksdb", "lmdb", "xodus", "null"})
    public String engine = "";

    /** What an acknowledged put survives. */
    @Param("PROCESS_CRASH")
    public String durability = "";

    @Param("100")
    public int valueBytes;

    /** Outstanding puts: logical clients, not threads. */
    @Param("64")
    public int clients;

    /** {@code in-jvm} or {@code tcp}. */
    @Param("in-jvm")
    public String transport = "";

    /** Log entries between snapshots, after which the log is truncated, as in a group that runs for long. */
    @Param("100000")
    public long snapshotEveryEntries;

    private DataFolder folder = uninitialized();
    private LocalCluster cluster = uninitialized();
    private PutPipeline pipeline = uninitialized();

    @Setup(Level.Trial)
    public void start() throws IOException {
        LibraryLogging.quiet();
        EngineProvider provider = Engines.onClassPath().require(engine);
        Durability level = Durability.ofCode(durability);
        folder = DataFolder.create();
        // The state may be weaker than the log: docs/decisions/0005.
        Durability stateLevel = StoreSpec.stateDurability(provider, level);
        cluster = LocalCluster.start(
                ClusterConfig.of(folder.path(), StoreSpec.of(provider, level), StoreSpec.of(provider, stateLevel))
                        .withSnapshots(SnapshotPolicy.everyEntries(snapshotEveryEntries))
                        .withTransport(Transport.ofWord(transport)));
        cluster.awaitLeader(Duration.ofSeconds(30));
        pipeline = new PutPipeline(cluster.client(), clients, valueBytes);
    }

    @TearDown(Level.Trial)
    public void stop() throws IOException {
        cluster.close();
        folder.close();
    }

    /** Keeps {@link #clients} puts outstanding until a fixed number is acknowledged. */
    @Benchmark
    @OperationsPerInvocation(PUTS_PER_INVOCATION)
    public void put() throws InterruptedException {
        pipeline.run(PUTS_PER_INVOCATION);
    }

    /** JMH calls {@link #start()} before anything reads these fields. */
    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T uninitialized() {
        return null;
    }
}

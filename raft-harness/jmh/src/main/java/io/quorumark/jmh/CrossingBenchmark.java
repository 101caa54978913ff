package io.quorumark.jmh;

import io.quorumark.engine.bridge.NativeCalls;
import io.quorumark.engine.bridge.NativeLibrary;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The way from Java into a library of engines and back, without an engine. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CrossingBenchmark extends EngineBenchmark {
    /** A loaded library. */
    @State(Scope.Benchmark)
    public static class Loaded {
        /** The language that the library is written in. */
        @Param({"go", "rust"})
        public String library = "";

        private NativeCalls calls = uninitialized();

        @Setup(Level.Trial)
        public void load() {
            NativeLibrary wanted = switch (library) {
                case "go" -> NativeLibrary.GO;
                case "rust" -> NativeLibrary.RUST;
                default ->
                    throw new SkippedBenchmark(
                            "library is '" + library + "', expected go or rust; pass it with -p library=");
            };
            wanted.unavailable().ifPresent(sentence -> {
                throw new SkippedBenchmark("library '" + library + "': " + sentence);
            });
            calls = wanted.calls("none", Path.of("."));
        }

        /** JMH calls {@link #load()} before anything reads the field. */
        @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
        private static <T> T uninitialized() {
            return null;
        }
    }

    /** A call that answers what it was given. */
    @Benchmark
    public long nothing(Loaded loaded) {
        return loaded.calls.qm_test_nothing(7);
    }
}

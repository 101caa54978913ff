package io.quorumark.jmh.raw;

import io.quorumark.campaign.engine.Engines;
import io.quorumark.engine.Durability;
import io.quorumark.engine.EngineConfig;
import io.quorumark.engine.bridge.NativeProvider;
import io.quorumark.jmh.DataFolder;
import io.quorumark.jmh.EngineBenchmark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * The other side of {@link NativeOverhead}: programs in Go and Rust that open an engine with the text that the bridge would give it, and do
 * the work of {@link SpiOverheadBenchmark} by the engine's own API, as long as a fork does.
 *
 * @param go the program with the engines written in Go
 * @param rust the one with those written in Rust
 */
record RawProgram(Path go, Path rust, int records, int valueBytes, Duration warmUp, Duration measure) {
    private static final Pattern ANSWER = Pattern.compile("([0-9.]+) ns/op");
    private static final Duration PREPARATION = Duration.ofMinutes(3);

    /** The programs that {@code scripts/native-overhead} has built. */
    static RawProgram ofSystemProperties(Options oneFork) {
        Warmup warmUp = EngineBenchmark.class.getAnnotation(Warmup.class);
        Measurement measurement = EngineBenchmark.class.getAnnotation(Measurement.class);
        return new RawProgram(
                program("quorumark.raw.go"),
                program("quorumark.raw.rust"),
                parameter(oneFork, "records", 100_000),
                parameter(oneFork, "valueBytes", 100),
                total(
                        oneFork.getWarmupIterations().orElse(warmUp.iterations()),
                        oneFork.getWarmupTime().orElse(new TimeValue(warmUp.time(), warmUp.timeUnit()))),
                total(
                        oneFork.getMeasurementIterations().orElse(measurement.iterations()),
                        oneFork.getMeasurementTime()
                                .orElse(new TimeValue(measurement.time(), measurement.timeUnit()))));
    }

    private static Path program(String property) {
        return Path.of(Objects.requireNonNull(
                System.getProperty(property),
                property + " is not set, expected a program; use scripts/native-overhead"));
    }

    private static int parameter(Options oneFork, String name, int otherwise) {
        return oneFork.getParameter(name).hasValue()
                ? Integer.parseInt(oneFork.getParameter(name).get().iterator().next())
                : otherwise;
    }

    private static Duration total(int iterations, TimeValue each) {
        return Duration.ofNanos(iterations * each.convertTo(TimeUnit.NANOSECONDS));
    }

    /** @param method of {@link SpiOverheadBenchmark} */
    OverheadRow.Side run(String engine, String method, Durability durability) throws IOException, InterruptedException {
        NativeProvider provider = (NativeProvider) Engines.onClassPath().require(engine);
        try (DataFolder folder = DataFolder.create()) {
            EngineConfig config = EngineAccesses.config(provider, folder.path().resolve(engine), durability);
            Files.createDirectories(config.directory());
            Path text = Files.writeString(folder.path().resolve("config"), provider.configText(config));
            List<String> command = new ArrayList<>();
            if (engine.equals("redb")) {
                command.addAll(
                        List.of(rust.toString(), "--ignored", "--exact", "redb_engine::raw::work", "--nocapture"));
            } else {
                command.addAll(List.of(go.toString(), "-test.run=^TestRaw$", "-test.timeout=0"));
            }
            Path said = folder.path().resolve("said");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
            builder.environment()
                    .putAll(Map.of(
                            "QUORUMARK_RAW_CONFIG", text.toString(),
                            "QUORUMARK_RAW_ENGINE", engine,
                            "QUORUMARK_RAW_OPERATION", method,
                            "QUORUMARK_RAW_RECORDS", Integer.toString(records),
                            "QUORUMARK_RAW_VALUE_BYTES", Integer.toString(valueBytes),
                            "QUORUMARK_RAW_WARM_UP_MILLIS", Long.toString(warmUp.toMillis()),
                            "QUORUMARK_RAW_MEASURE_MILLIS", Long.toString(measure.toMillis())));
            return new OverheadRow.Side(answer(builder.start(), said), 0);
        }
    }

    private double answer(Process program, Path said) throws IOException, InterruptedException {
        Duration limit = warmUp.plus(measure).plus(PREPARATION);
        try {
            if (!program.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("the raw program has not ended within " + limit.toSeconds()
                        + " s, expected warm-up, measurement and at most " + PREPARATION.toSeconds()
                        + " s beside; look at the device, or ask for fewer records");
            }
        } finally {
            program.destroyForcibly();
        }
        String text = Files.readString(said);
        Matcher found = ANSWER.matcher(text);
        if (program.exitValue() != 0 || !found.find()) {
            throw new IOException("the raw program ended with exit code " + program.exitValue()
                    + " and no figure, expected 'N ns/op'; it said: " + text.strip());
        }
        return Double.parseDouble(found.group(1));
    }
}

package io.quorumark.endpoint.resp;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.quorumark.endpoint.EndpointStatistics;
import io.quorumark.endpoint.Listener;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Commands, their time and failures, and connections of one endpoint. Recording allocates nothing. Thread-safe. */
final class RespStatistics implements EndpointStatistics {
    /** Counts every command that this endpoint does not know: names that clients make up must not become series. */
    private static final String UNKNOWN = "unknown";

    private static final double NANOS_PER_SECOND = 1e9;

    private final Histogram seconds;
    private final Counter failures;
    private final Counter brokenConnections;
    private final Map<String, Figures> byName = new HashMap<>();
    private final Figures unknown;
    private volatile @Nullable Listener listener;

    /** Why an endpoint ended a connection by itself. */
    enum Broken {
        /** Not the protocol, or beyond this endpoint's limits. */
        PROTOCOL,
        /** A request did not arrive in time. */
        SLOW,
        /** Another protocol, such as HTTP. */
        FOREIGN
    }

    /** One command's. */
    private record Figures(String name, DistributionDataPoint seconds, CounterDataPoint failures) {}

    /** What one command has cost since the endpoint was opened. */
    record CommandCost(String command, long calls, double seconds, long failures) {}

    RespStatistics() {
        seconds = Histogram.builder()
                .name("quorumark_resp_command_duration_seconds")
                .help("From a command's arrival to its reply, by command.")
                .labelNames("command")
                .classicOnly()
                .classicUpperBounds(
                        0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5,
                        10)
                .withoutExemplars()
                .build();
        failures = Counter.builder()
                .name("quorumark_resp_command_failures_total")
                .help("Commands that were answered with an error, by command.")
                .labelNames("command")
                .withoutExemplars()
                .build();
        brokenConnections = Counter.builder()
                .name("quorumark_resp_broken_connections_total")
                .help("Connections that the endpoint ended because of what was sent, by reason.")
                .labelNames("reason")
                .withoutExemplars()
                .build();
        for (Broken reason : Broken.values()) {
            brokenConnections.initLabelValues(label(reason));
        }
        unknown = figures(UNKNOWN);
    }

    /**
     * Counts a command by its own name; before the endpoint is opened.
     *
     * @param command in capitals
     */
    void know(String command) {
        byName.put(command, figures(command.toLowerCase(Locale.ROOT)));
    }

    private Figures figures(String name) {
        return new Figures(name, seconds.labelValues(name), failures.labelValues(name));
    }

    /** From here on connections are counted as well. */
    void attach(Listener open) {
        listener = open;
    }

    /** Counts an answered command. */
    void answered(String command, long nanos, boolean failed) {
        Figures figures = byName.getOrDefault(command, unknown);
        figures.seconds.observe(nanos / NANOS_PER_SECOND);
        if (failed) {
            figures.failures.inc();
        }
    }

    void broken(Broken reason) {
        brokenConnections.labelValues(label(reason)).inc();
    }

    private static String label(Broken reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }

    /** Connections that were ended by {@link #broken}. */
    long brokenConnections() {
        long sum = 0;
        for (Broken reason : Broken.values()) {
            sum += (long) brokenConnections.labelValues(label(reason)).get();
        }
        return sum;
    }

    /** Of the commands that were called at least once. */
    List<CommandCost> costs() {
        return seconds.collect().getDataPoints().stream()
                .filter(HistogramDataPointSnapshot::hasCount)
                .filter(point -> point.getCount() > 0)
                .map(point -> {
                    String name = String.valueOf(point.getLabels().get("command"));
                    return new CommandCost(
                            name,
                            point.getCount(),
                            point.getSum(),
                            failures.labelValues(name).getLongValue());
                })
                .toList();
    }

    long connectionsOpen() {
        Listener from = listener;
        return from == null ? 0 : from.connections();
    }

    long connectionsAccepted() {
        Listener from = listener;
        return from == null ? 0 : from.accepted();
    }

    long connectionsRefused() {
        Listener from = listener;
        return from == null ? 0 : from.refused();
    }

    @Override
    public List<Collector> collectors() {
        return List.of(
                seconds,
                failures,
                brokenConnections,
                GaugeWithCallback.builder()
                        .name("quorumark_resp_connections")
                        .help("Open connections.")
                        .callback(out -> out.call((double) connectionsOpen()))
                        .build(),
                CounterWithCallback.builder()
                        .name("quorumark_resp_connections_accepted_total")
                        .help("Connections that were taken.")
                        .callback(out -> out.call((double) connectionsAccepted()))
                        .build(),
                CounterWithCallback.builder()
                        .name("quorumark_resp_connections_refused_total")
                        .help("Connections beyond the endpoint's number.")
                        .callback(out -> out.call((double) connectionsRefused()))
                        .build());
    }
}

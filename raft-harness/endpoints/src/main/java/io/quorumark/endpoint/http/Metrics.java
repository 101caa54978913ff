package io.quorumark.endpoint.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.quorumark.endpoint.EndpointStatistics;
import io.quorumark.raft.Member;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;

/** What {@code /metrics} says, read from the member when it is asked. Names are stable (docs/endpoints.md). Thread-safe. */
final class Metrics {
    private static final double NANOS = 1e9;
    private static final double MILLIS = 1e3;

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Counter requests;
    private final Histogram seconds;

    Metrics(Member member) {
        requests = Counter.builder()
                .name("quorumark_http_requests_total")
                .help("Requests that were answered.")
                .labelNames("method", "code")
                .register(registry);
        seconds = Histogram.builder()
                .name("quorumark_http_request_seconds")
                .help("From a request's arrival to its answer.")
                .classicOnly()
                .register(registry);
        gauge("quorumark_raft_term", "The newest term the member has seen.", member::term);
        gauge("quorumark_raft_leader", "1 if the member leads, else 0.", () -> member.isLeader() ? 1 : 0);
        gauge("quorumark_raft_applied_index", "The last log entry in the member's state.", member::lastAppliedIndex);
        gauge(
                "quorumark_raft_log_first_index",
                "The oldest entry in the log.",
                () -> member.logBounds().firstIndex());
        gauge(
                "quorumark_raft_log_last_index",
                "The newest entry in the log.",
                () -> member.logBounds().lastIndex());
        gauge("quorumark_snapshot_last_index", "The last log entry in the newest snapshot.", member::snapshotIndex);
        CounterWithCallback.builder()
                .name("quorumark_raft_leader_changes_total")
                .help("How often the member has seen the leader change since it was started.")
                .callback(out -> out.call((double) member.leaderChanges()))
                .register(registry);
        registry.register(new EngineMetrics(member));
        jvm();
    }

    private void gauge(String name, String help, DoubleSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(out -> out.call(value.getAsDouble()))
                .register(registry);
    }

    private void jvm() {
        List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
        CounterWithCallback.builder()
                .name("quorumark_jvm_gc_seconds_total")
                .help("Time in garbage collections.")
                .labelNames("collector")
                .callback(out -> collectors.forEach(one -> out.call(one.getCollectionTime() / MILLIS, one.getName())))
                .register(registry);
        CounterWithCallback.builder()
                .name("quorumark_jvm_gc_collections_total")
                .help("Garbage collections.")
                .labelNames("collector")
                .callback(out -> collectors.forEach(one -> out.call((double) one.getCollectionCount(), one.getName())))
                .register(registry);
        gauge(
                "quorumark_jvm_heap_bytes",
                "Heap in use.",
                () -> ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }

    void connections(String endpoint, DoubleSupplier open) {
        gauge("quorumark_" + endpoint + "_connections", "Open connections of this endpoint.", open);
    }

    /** Another endpoint's figures. */
    void expose(EndpointStatistics statistics) {
        statistics.collectors().forEach(registry::register);
    }

    /** @param method as the client sent it */
    void observe(String method, int code, long nanos) {
        requests.labelValues(Methods.label(method), Integer.toString(code)).inc();
        seconds.observe(nanos / NANOS);
    }

    Answer scrape() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.builder().build();
        try {
            writer.write(out, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Answer(HttpResponseStatus.OK, writer.getContentType(), out.toByteArray(), Map.of());
    }
}

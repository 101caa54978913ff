package io.quorumark.endpoint.http;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.quorumark.engine.EngineStats;
import io.quorumark.engine.EngineStats.Kind;
import io.quorumark.raft.ClusterException;
import io.quorumark.raft.Member;
import io.quorumark.raft.StoreUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The statistics of the engines under a member's log and state: one metric for each, with its base unit. Thread-safe. */
final class EngineMetrics implements MultiCollector {
    private final Member member;

    EngineMetrics(Member member) {
        this.member = member;
    }

    @Override
    public MetricSnapshots collect() {
        try {
            return snapshots(Map.of("log", member.logUsage(), "state", member.stateUsage()));
        } catch (ClusterException.MemberFailed stopped) {
            // its engines are closed, and say nothing; what the member itself says is still true
            return new MetricSnapshots();
        }
    }

    /** What two engines call the same is one metric, told apart by labels; a counter and a gauge never share a name. */
    static MetricSnapshots snapshots(Map<String, StoreUsage> stores) {
        Map<String, List<CounterDataPointSnapshot>> counters = new TreeMap<>();
        Map<String, List<GaugeDataPointSnapshot>> gauges = new TreeMap<>();
        new TreeMap<>(stores).forEach((store, usage) -> {
            Labels labels = Labels.of("store", store, "engine", usage.engineId());
            for (EngineStats.Entry stat : usage.stats().entries()) {
                EngineMetricName name = EngineMetricName.of(stat.name(), stat.unit());
                double value = name.inBaseUnit(stat.value());
                if (stat.kind() == Kind.COUNTER) {
                    counters.computeIfAbsent(name.base(), absent -> new ArrayList<>())
                            .add(new CounterDataPointSnapshot(value, labels, null, 0));
                } else {
                    gauges.computeIfAbsent(name.base(), absent -> new ArrayList<>())
                            .add(new GaugeDataPointSnapshot(value, labels, null));
                }
            }
        });
        return new MetricSnapshots(all(counters, gauges));
    }

    private static List<MetricSnapshot> all(
            Map<String, List<CounterDataPointSnapshot>> counters, Map<String, List<GaugeDataPointSnapshot>> gauges) {
        List<MetricSnapshot> all = new ArrayList<>();
        counters.forEach((base, points) -> {
            CounterSnapshot.Builder counter =
                    CounterSnapshot.builder().name(base).help(help(base, "since it was opened"));
            points.forEach(counter::dataPoint);
            all.add(counter.build());
        });
        gauges.forEach((base, points) -> {
            String name = counters.containsKey(base) ? base + "_current" : base;
            GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help(base, "now"));
            points.forEach(gauge::dataPoint);
            all.add(gauge.build());
        });
        return all;
    }

    private static String help(String base, String when) {
        return "What the engine says of its "
                + base.substring(EngineMetricName.PREFIX.length()).replace('_', ' ') + ", " + when
                + "; docs/engines.md explains its statistics.";
    }
}

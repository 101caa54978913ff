package io.quorumark.endpoint;

import io.prometheus.metrics.model.registry.Collector;
import java.util.List;

/**
 * What an endpoint has done since it was opened. Thread-safe.
 *
 * <p>Names begin with {@code quorumark_} and follow Prometheus's conventions; no label's value comes from a client, so the number of series
 * is bounded.
 */
public interface EndpointStatistics {
    /** The metrics, each to be registered once in a registry; they outlive the endpoint. */
    List<Collector> collectors();
}

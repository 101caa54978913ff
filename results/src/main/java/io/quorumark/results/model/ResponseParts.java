package io.quorumark.results.model;

import java.util.Map;

/**
 * What the response times of all operations of a paced load are made of, beside the service time and the generator's lag.
 *
 * @param queueingPercentileMicros from when an operation was due until a client was free; percentiles as in {@link Trial.Latency}
 * @param withoutLagPercentileMicros response times less each operation's own lag; what a collection took of it stays if that stopped the
 *     members too (since decision 0052)
 */
public record ResponseParts(
        Map<String, Double> queueingPercentileMicros, Map<String, Double> withoutLagPercentileMicros) {
    public ResponseParts {
        queueingPercentileMicros = NumberedKeys.copyOf(queueingPercentileMicros);
        withoutLagPercentileMicros = NumberedKeys.copyOf(withoutLagPercentileMicros);
    }
}

package io.quorumark.app.cli;

import io.quorumark.report.adr.AdrDriver;
import io.quorumark.report.adr.AdrWeights;
import io.quorumark.workload.spec.InvalidValue;
import io.quorumark.workload.spec.SpecException;
import io.quorumark.workload.spec.StrictYaml;
import io.quorumark.workload.spec.YamlDocument;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A file of weights: a flat map of decision driver to weight. A driver that it does not name weighs nothing.
 *
 * <pre>
 * throughput: 3
 * p99: 2
 * crash-safety: 5
 * </pre>
 */
final class WeightsFile {
    private WeightsFile() {}

    /**
     * Reads a file.
     *
     * @throws SpecException it cannot be read; or it names an unknown driver, a weight that is no number or below zero, or nothing above
     * zero
     */
    static AdrWeights read(Path file) {
        Map<String, Double> written = StrictYaml.read(file, WeightsFile::written);
        Map<AdrDriver, Double> weights = new LinkedHashMap<>();
        written.forEach((key, weight) -> driver(key).ifPresent(driver -> weights.put(driver, weight)));
        return new AdrWeights(weights, String.valueOf(file.getFileName()));
    }

    private static Map<String, Double> written(String name, InputStream in) throws IOException {
        YamlDocument document = StrictYaml.open(name, in);
        Map<String, Double> written = document.map(Double.class);
        try {
            check(written);
        } catch (InvalidValue e) {
            throw document.located(e);
        }
        return written;
    }

    private static void check(Map<String, Double> written) {
        if (written.isEmpty()) {
            throw InvalidValue.missing("", "at least one driver with a weight above 0, such as 'throughput: 3'");
        }
        written.forEach((key, weight) -> {
            if (driver(key).isEmpty()) {
                throw new InvalidValue(
                        key,
                        "no driver",
                        "one of "
                                + String.join(
                                        ", ",
                                        AdrDriver.all().stream()
                                                .map(AdrDriver::key)
                                                .toList()));
            }
            if (!Double.isFinite(weight) || weight < 0) {
                throw new InvalidValue(key, weight, "a number, 0 or more");
            }
        });
        if (written.values().stream().allMatch(weight -> weight == 0)) {
            throw new InvalidValue(
                    written.keySet().iterator().next(), "0, and so is every other weight", "at least one above 0");
        }
    }

    private static Optional<AdrDriver> driver(String key) {
        return AdrDriver.all().stream().filter(each -> each.key().equals(key)).findFirst();
    }
}

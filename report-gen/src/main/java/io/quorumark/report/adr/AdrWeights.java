package io.quorumark.report.adr;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How much each decision driver counts. A weights file is a flat YAML map of driver to weight; a driver that it does not name weighs nothing:
 *
 * <pre>
 * throughput: 3
 * p99: 2
 * crash-safety: 5
 * </pre>
 *
 * @param byDriver at least zero each, with a sum above zero
 * @param source the file's name, or {@code defaults}: stands in the document
 */
public record AdrWeights(Map<AdrDriver, Double> byDriver, String source) {

    private static final YAMLFactory YAML = YAMLFactory.builder().build();

    public AdrWeights {
        EnumMap<AdrDriver, Double> weights = new EnumMap<>(AdrDriver.class);
        weights.putAll(byDriver);
        double sum = 0;
        for (Map.Entry<AdrDriver, Double> weight : weights.entrySet()) {
            if (!(weight.getValue() >= 0) || weight.getValue().isInfinite()) {
                throw new IllegalArgumentException(
                        "weight of '" + weight.getKey().key() + "' is " + weight.getValue() + ", expected 0 or more");
            }
            sum += weight.getValue();
        }
        if (!(sum > 0)) {
            throw new IllegalArgumentException("the weights sum to " + sum + ", expected more than 0");
        }
        byDriver = Collections.unmodifiableMap(weights);
    }

    /** What counts where nobody said otherwise: speed and safety before thrift. */
    public static AdrWeights defaults() {
        return new AdrWeights(
                Map.of(
                        AdrDriver.THROUGHPUT, 3.0,
                        AdrDriver.P99, 3.0,
                        AdrDriver.CRASH_SAFETY, 3.0,
                        AdrDriver.CPU, 2.0,
                        AdrDriver.WRITES, 1.0,
                        AdrDriver.DISK, 1.0),
                "defaults");
    }

    /** The weight of this driver; 0 where the file does not name it. */
    public double of(AdrDriver driver) {
        return byDriver.getOrDefault(driver, 0.0);
    }

    /**
     * Reads a weights file.
     *
     * @throws InvalidWeightsException an unknown or repeated driver, a weight that is no number or below zero, or a sum of zero; the message names file, line and key
     * @throws IOException the file cannot be read
     */
    public static AdrWeights read(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        EnumMap<AdrDriver, Double> weights = new EnumMap<>(AdrDriver.class);
        try (JsonParser parser = YAML.createParser(Files.readString(file))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new InvalidWeightsException(
                        name, 1, "expected a map of driver to weight, such as 'throughput: 3'");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                readWeight(parser, name, weights);
            }
            if (parser.nextToken() != null) {
                throw new InvalidWeightsException(name, line(parser), "expected one document, found a second");
            }
        } catch (JsonParseException e) {
            JsonLocation location = e.getLocation();
            throw new InvalidWeightsException(
                    name,
                    location == null ? 1 : location.getLineNr(),
                    "not YAML: " + e.getOriginalMessage().lines().findFirst().orElse(""));
        }
        if (weights.values().stream().mapToDouble(Double::doubleValue).sum() <= 0) {
            throw new InvalidWeightsException(name, 1, "the weights sum to 0, expected at least one above 0");
        }
        return new AdrWeights(weights, name);
    }

    private static void readWeight(JsonParser parser, String file, Map<AdrDriver, Double> weights) throws IOException {
        String key = parser.currentName();
        int line = line(parser);
        AdrDriver driver = Arrays.stream(AdrDriver.values())
                .filter(d -> d.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new InvalidWeightsException(
                        file,
                        line,
                        "unknown driver '" + key + "', expected one of "
                                + Arrays.stream(AdrDriver.values())
                                        .map(AdrDriver::key)
                                        .toList()));
        JsonToken value = parser.nextToken();
        String text = parser.getText();
        double weight = value.isNumeric() ? number(text) : Double.NaN;
        if (!Double.isFinite(weight)) {
            throw new InvalidWeightsException(
                    file, line, "driver '" + key + "' has weight '" + text + "', expected a number");
        }
        if (weight < 0) {
            throw new InvalidWeightsException(
                    file, line, "driver '" + key + "' has weight " + text + ", expected 0 or more");
        }
        if (weights.put(driver, weight) != null) {
            throw new InvalidWeightsException(file, line, "driver '" + key + "' appears twice, keep one");
        }
    }

    /** Not a number where the text is none: YAML knows numbers, such as .inf, that Java does not. */
    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static int line(JsonParser parser) {
        return parser.currentTokenLocation().getLineNr();
    }
}

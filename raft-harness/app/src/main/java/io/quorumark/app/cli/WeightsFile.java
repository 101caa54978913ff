package io.quorumark.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.quorumark.results.decision.Criterion;
import io.quorumark.results.decision.DecisionRules;
import io.quorumark.results.decision.FactLimits;
import io.quorumark.results.decision.Maintenance;
import io.quorumark.results.decision.Role;
import io.quorumark.results.decision.RulesSource;
import io.quorumark.results.decision.ValueFunction;
import io.quorumark.results.decision.ValueFunction.Linear;
import io.quorumark.results.decision.ValueFunction.Relative;
import io.quorumark.results.metric.Metric;
import io.quorumark.results.store.AtomicFiles;
import io.quorumark.results.store.Sha256;
import io.quorumark.workload.spec.InvalidValue;
import io.quorumark.workload.spec.SpecException;
import io.quorumark.workload.spec.StrictYaml;
import io.quorumark.workload.spec.YamlDocument;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A file of weights: metrics with what they weigh, and what else a decision is made by. A metric that it does not name weighs nothing.
 *
 * <pre>
 * throughput: 3
 * p99: {weight: 2, worst: 20000, best: 1000}   # a straight line, in the metric's unit; without it relative to the best
 * limits: {recovery: 10}                       # an option beyond it is excluded; licence and maintenance limit what its engine is
 * role: log-and-state                          # or state
 * concentration: 30                            # how sure the weights are
 * </pre>
 */
final class WeightsFile {
    private static final String LIMITS = "limits";
    private static final String ROLE = "role";
    private static final String CONCENTRATION = "concentration";
    private static final Set<String> OTHERS = Set.of(LIMITS, ROLE, CONCENTRATION);
    private static final String LICENCE = "licence";
    private static final String MAINTENANCE = "maintenance";
    private static final Set<String> FACTS = Set.of(LICENCE, MAINTENANCE);
    private static final String LICENCES = "a list of SPDX identifiers, such as [Apache-2.0, MIT]";
    private static final String WEIGHT = "a number, 0 or from 0.000001 to 1000000";
    private static final String CONCENTRATIONS = "a number from 0.01 to 1000000";

    private final Path file;
    private final byte[] content;
    private final DecisionRules rules;

    private WeightsFile(Path file, byte[] content, DecisionRules rules) {
        this.file = file;
        this.content = content;
        this.rules = rules;
    }

    /**
     * Reads a file, once: a pipe has nothing to say the second time.
     *
     * @throws SpecException it cannot be read; or it names an unknown key, a number that is none or out of range, or no weight above zero
     */
    static WeightsFile read(Path file) throws IOException {
        byte[] content = StrictYaml.read(file, (name, in) -> in.readNBytes(StrictYaml.MAX_FILE_BYTES + 1));
        DecisionRules rules = rules(file.toString(), new ByteArrayInputStream(content));
        return new WeightsFile(
                file,
                content,
                rules.from(new RulesSource(
                        String.valueOf(file.getFileName()),
                        Optional.of(Sha256.of(content)),
                        Optional.of(Files.getLastModifiedTime(file).toInstant().truncatedTo(ChronoUnit.SECONDS)))));
    }

    DecisionRules rules() {
        return rules;
    }

    /** Whether that is the file itself, however its path is written. */
    boolean isAt(Path other) throws IOException {
        return Files.exists(other) && Files.isSameFile(other, file);
    }

    /** Leaves what was read in a folder, under the file's own name. */
    String keepIn(Path folder) throws IOException {
        String name = String.valueOf(file.getFileName());
        Path kept = folder.resolve(name);
        if (!isAt(kept)) {
            Files.createDirectories(folder);
            AtomicFiles.write(kept, content);
        }
        return name;
    }

    private static DecisionRules rules(String name, InputStream in) throws IOException {
        YamlDocument document = StrictYaml.open(name, in);
        Map<String, JsonNode> written = document.map(JsonNode.class);
        try {
            return rules(written);
        } catch (InvalidValue e) {
            throw document.located(e);
        }
    }

    private static DecisionRules rules(Map<String, JsonNode> written) {
        List<Criterion> criteria = new ArrayList<>();
        List<String> weightless = new ArrayList<>();
        written.forEach((key, value) -> {
            if (!OTHERS.contains(key)) {
                Metric metric = metric(key, key);
                JsonNode weight = value.isObject() ? field(key, value, "weight") : value;
                double number = number(value.isObject() ? key + ".weight" : key, weight, WEIGHT);
                if (number != 0 && !(number >= Criterion.LEAST_WEIGHT && number <= Criterion.MOST_WEIGHT)) {
                    throw new InvalidValue(value.isObject() ? key + ".weight" : key, number, WEIGHT);
                } else if (number == 0) {
                    weightless.add(key);
                } else {
                    criteria.add(new Criterion(metric, number, function(metric, key, value)));
                }
            }
        });
        if (criteria.isEmpty()) {
            throw weightless.isEmpty()
                    ? InvalidValue.missing("", "at least one driver with a weight above 0, such as 'throughput: 3'")
                    : new InvalidValue(weightless.get(0), "0, and so is every other weight", "at least one above 0");
        }
        return new DecisionRules(
                criteria,
                limits(written),
                factLimits(written),
                role(written),
                concentration(written),
                RulesSource.DEFAULTS);
    }

    private static ValueFunction function(Metric metric, String key, JsonNode value) {
        if (!value.isObject()) {
            return new Relative();
        }
        value.fieldNames().forEachRemaining(field -> {
            if (!Set.of("weight", "worst", "best").contains(field)) {
                throw new InvalidValue(key + "." + field, "no key of a driver", "weight, worst and best");
            }
        });
        if (!value.has("worst") && !value.has("best")) {
            return new Relative();
        }
        double worst = number(key + ".worst", field(key, value, "worst"), "a number in the metric's unit");
        double best = number(key + ".best", field(key, value, "best"), "a number in the metric's unit");
        if (worst == best || (best > worst) != metric.moreIsBetter() || !Double.isFinite(best - worst)) {
            throw new InvalidValue(
                    key + ".best",
                    best,
                    "a number " + (metric.moreIsBetter() ? "above" : "below") + " worst, which is " + worst);
        }
        return new Linear(worst, best);
    }

    private static Map<Metric, Double> limits(Map<String, JsonNode> written) {
        Map<Metric, Double> limits = new EnumMap<>(Metric.class);
        JsonNode section = written.get(LIMITS);
        if (section == null) {
            return limits;
        }
        if (!section.isObject()) {
            throw new InvalidValue(LIMITS, section, "metrics with their limits, such as '{recovery: 10}'");
        }
        section.properties().forEach(limit -> {
            if (FACTS.contains(limit.getKey())) {
                return;
            }
            String key = LIMITS + "." + limit.getKey();
            double number = number(key, limit.getValue(), "a number above 0");
            if (number <= 0) {
                throw new InvalidValue(key, number, "a number above 0");
            }
            limits.put(metric(key, limit.getKey()), number);
        });
        return limits;
    }

    private static FactLimits factLimits(Map<String, JsonNode> written) {
        JsonNode section = written.get(LIMITS);
        if (section == null) {
            return FactLimits.NONE;
        }
        JsonNode maintenance = section.get(MAINTENANCE);
        return new FactLimits(
                section.has(LICENCE) ? licences(section.get(LICENCE)) : List.of(),
                maintenance == null
                        ? Optional.empty()
                        : Optional.of(Maintenance.of(maintenance.asText())
                                .orElseThrow(() -> new InvalidValue(
                                        LIMITS + "." + MAINTENANCE,
                                        maintenance,
                                        "one of "
                                                + Arrays.stream(Maintenance.values())
                                                        .map(Maintenance::id)
                                                        .collect(Collectors.joining(", "))))));
    }

    private static List<String> licences(JsonNode value) {
        String key = LIMITS + "." + LICENCE;
        if (!value.isArray() || value.isEmpty()) {
            throw new InvalidValue(key, value, LICENCES);
        }
        List<String> licences = new ArrayList<>();
        value.forEach(each -> {
            if (!each.isTextual() || each.asText().isBlank() || each.asText().contains(" ")) {
                throw new InvalidValue(key, each, LICENCES);
            }
            licences.add(each.asText());
        });
        return licences;
    }

    private static Role role(Map<String, JsonNode> written) {
        JsonNode value = written.get(ROLE);
        return value == null
                ? Role.LOG_AND_STATE
                : Role.of(value.asText())
                        .orElseThrow(() -> new InvalidValue(
                                ROLE,
                                value,
                                "one of "
                                        + Arrays.stream(Role.values())
                                                .map(Role::id)
                                                .collect(Collectors.joining(", "))));
    }

    private static double concentration(Map<String, JsonNode> written) {
        JsonNode value = written.get(CONCENTRATION);
        if (value == null) {
            return DecisionRules.DEFAULT_CONCENTRATION;
        }
        double number = number(CONCENTRATION, value, CONCENTRATIONS);
        if (number < DecisionRules.LEAST_CONCENTRATION || number > DecisionRules.MOST_CONCENTRATION) {
            throw new InvalidValue(CONCENTRATION, number, CONCENTRATIONS);
        }
        return number;
    }

    private static JsonNode field(String key, JsonNode value, String field) {
        JsonNode found = value.get(field);
        if (found == null) {
            throw InvalidValue.missing(key + "." + field, "a number");
        }
        return found;
    }

    private static double number(String key, JsonNode value, String expected) {
        if (!value.isNumber() || !Double.isFinite(value.asDouble())) {
            throw new InvalidValue(key, value, expected);
        }
        return value.asDouble();
    }

    private static Metric metric(String key, String id) {
        if (id.equals("crash-safety")) {
            throw new InvalidValue(
                    key, "a gate", "no weight: every option has to show it by evidence; remove the line");
        }
        return Metric.of(id)
                .filter(Metric::isJudged)
                .orElseThrow(() -> new InvalidValue(
                        key,
                        "no driver",
                        "one of "
                                + Stream.concat(
                                                Metric.judged().stream().map(Metric::id),
                                                OTHERS.stream().sorted())
                                        .collect(Collectors.joining(", "))));
    }
}

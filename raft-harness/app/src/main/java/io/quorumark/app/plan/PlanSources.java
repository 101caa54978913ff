package io.quorumark.app.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quorumark.app.UsageError;
import io.quorumark.workload.spec.SourceLines;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who said what a plan says: an option, the plan's file, or the profile. Immutable. */
public final class PlanSources {
    private static final String DEFAULT = "default";
    private static final List<String> WHOLE =
            List.of("engineOptions", "load.arrivals", "cluster.members", "cluster.tls");
    private static final ObjectMapper TREES = JsonMapper.builder()
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .build();

    /**
     * One of those that a plan is laid together from.
     *
     * @param lines of its file; null if it has none
     */
    private record Layer(
            String name, JsonNode keys, @Nullable SourceLines lines) {
        boolean says(String key) {
            return !keys.at("/" + key.replaceAll("\\[(\\d+)]", "/$1").replace('.', '/'))
                    .isMissingNode();
        }
    }

    private final String source;
    private final List<Layer> layers;

    private PlanSources(String source, List<Layer> layers) {
        this.source = source;
        this.layers = layers;
    }

    /**
     * @param source how the plan as a whole is called
     * @param options of the command line
     * @param file the user's plan, if any, as written
     * @param profile its name
     * @param base what the profile says
     */
    static PlanSources of(
            String source, Plan options, @Nullable Plan file, @Nullable SourceLines lines, String profile, Plan base) {
        return new PlanSources(
                source,
                List.of(
                        new Layer("option", TREES.valueToTree(options), null),
                        new Layer("plan", TREES.valueToTree(file == null ? Plan.EMPTY : file), lines),
                        new Layer("profile " + profile, TREES.valueToTree(base), null)));
    }

    /** The keys of a plan that have values of their own, as dotted paths, in order; lists and what is taken as a whole are one value. */
    static Map<String, String> leaves(ResolvedPlan plan) {
        Map<String, String> leaves = new LinkedHashMap<>();
        collect("", TREES.valueToTree(plan), leaves);
        return leaves;
    }

    private static void collect(String path, JsonNode node, Map<String, String> leaves) {
        if (node.isObject() && !node.isEmpty() && !WHOLE.contains(path)) {
            node.properties()
                    .forEach(entry -> collect(
                            path.isEmpty() ? entry.getKey() : path + "." + entry.getKey(), entry.getValue(), leaves));
        } else {
            leaves.put(path, node.isValueNode() ? node.asText() : node.toString());
        }
    }

    /** {@code option}, {@code plan.yaml:7}, {@code profile quick}, or {@code default} if nobody says anything. */
    public String of(String key) {
        Layer layer = layer(key);
        if (layer == null) {
            return DEFAULT;
        }
        return layer.lines() == null ? layer.name() : layer.lines().place(key);
    }

    /**
     * A fault that only the whole plan, or the machine, shows.
     *
     * @param key dotted path
     * @param expected completes "expected ..."
     */
    public UsageError fault(String key, Object value, String expected) {
        Layer layer = layer(key);
        String place =
                layer == null || layer.lines() == null ? source : layer.lines().place(key);
        return new UsageError(place + ": " + key + " is '" + value + "', expected " + expected);
    }

    /** Whether a file says it. */
    public boolean isInFile(String key) {
        Layer layer = layer(key);
        return layer != null && layer.lines() != null;
    }

    /** A fault of a key's value that somebody else has found: with file and line where a file says it. */
    RuntimeException located(String key, UsageError fault) {
        Layer layer = layer(key);
        return layer != null && layer.lines() != null
                ? layer.lines().fault(key, String.valueOf(fault.getMessage()))
                : fault;
    }

    /** Who says it; a part of what is said as a whole, such as one of the engines, is said by the same. */
    private @Nullable Layer layer(String key) {
        for (Layer layer : layers) {
            if (layer.says(whole(key))) {
                return layer;
            }
        }
        return null;
    }

    /** What is taken from one layer as a whole. */
    private static String whole(String key) {
        for (String whole : WHOLE) {
            if (key.startsWith(whole)) {
                return whole;
            }
        }
        int list = key.indexOf('[');
        return list < 0 ? key : key.substring(0, list);
    }
}

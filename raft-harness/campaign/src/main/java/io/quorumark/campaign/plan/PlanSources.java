package io.quorumark.campaign.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorumark.campaign.support.UsageError;
import io.quorumark.workload.spec.SourceLines;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who said what a plan says: an option, the plan's file, or the profile. Immutable. */
public final class PlanSources {
    private static final String DEFAULT = "default";
    private static final String OPTION = "option";

    /** How options are called in messages, which stand for a plan if there is no file. */
    static final String COMMAND_LINE = "command line";

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
            return !keys.at(pointer(key)).isMissingNode();
        }
    }

    /**
     * A key as one of the layers has it.
     *
     * @param layer its place among them; the strongest is 0
     * @param place file and line, or who says it
     */
    record Said(int layer, String place, JsonNode value) {
        boolean isInFile() {
            return layer == FILE;
        }
    }

    /** The place of the profile among the layers, after options and file. */
    private static final int PROFILE = 2;

    private static final int FILE = 1;

    private final String source;
    private final List<Layer> layers;

    private PlanSources(String source, List<Layer> layers) {
        this.source = source;
        this.layers = layers;
    }

    /**
     * @param source how the plan as a whole is called
     * @param options of the command line
     * @param file the user's plan as written; says nothing if there is none
     * @param profile its name
     * @param base what the profile says
     */
    static PlanSources of(
            String source, Plan options, Plan file, @Nullable SourceLines lines, String profile, Plan base) {
        return new PlanSources(
                source,
                List.of(
                        new Layer(OPTION, TREES.valueToTree(options), null),
                        new Layer("plan", TREES.valueToTree(file), lines),
                        new Layer("profile " + profile, TREES.valueToTree(base), null)));
    }

    /** The keys of a plan that have values of their own, as dotted paths, in order; lists and what is taken as a whole are one value. */
    static Map<String, String> leaves(ResolvedPlan plan) {
        Map<String, String> leaves = new LinkedHashMap<>();
        collect("", tree(plan), leaves);
        return leaves;
    }

    private static void collect(String path, JsonNode node, Map<String, String> leaves) {
        if (node.isObject() && !node.isEmpty() && (path.isEmpty() || Sections.isSection(Plan.class, path))) {
            node.properties()
                    .forEach(entry -> collect(
                            path.isEmpty() ? entry.getKey() : path + "." + entry.getKey(), entry.getValue(), leaves));
        } else {
            leaves.put(path, text(node));
        }
    }

    /** Keys and values of a resolved plan that apply to it. */
    static ObjectNode tree(ResolvedPlan plan) {
        ObjectNode tree = TREES.valueToTree(plan);
        ApplicableKeys.prune(plan, tree);
        return tree;
    }

    static String text(JsonNode node) {
        return node.isValueNode() ? node.asText() : node.toString();
    }

    static String pointer(String key) {
        return "/" + key.replaceAll("\\[(\\d+)]", "/$1").replace('.', '/');
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
        return new UsageError((layer == null ? source : place(layer, key)) + ": " + key + " is '" + value
                + "', expected " + expected);
    }

    private String place(Layer layer, String key) {
        return layer.lines() != null ? layer.lines().place(key) : layer.name().equals(OPTION) ? COMMAND_LINE : source;
    }

    /** How options and file have it, options first; what the profile says is not asked for. */
    List<Said> saidByUser(String key) {
        List<Said> said = new ArrayList<>();
        for (int i = 0; i < PROFILE; i++) {
            if (layers.get(i).says(key)) {
                said.add(new Said(
                        i, place(layers.get(i), key), layers.get(i).keys().at(pointer(key))));
            }
        }
        return said;
    }

    /** Whether somebody says a key who comes before whoever says another one. */
    boolean isStronger(String key, Said other) {
        return layers.stream().limit(other.layer()).anyMatch(layer -> layer.says(key));
    }

    /** Whether a file says it. */
    public boolean isInFile(String key) {
        Layer layer = layer(key);
        return layer != null && layer.lines() != null;
    }

    /** A fault of a key's value that somebody else has found: with file and line if a file says it. */
    public RuntimeException located(String key, UsageError fault) {
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
        return Sections.whole(Plan.class, key);
    }
}

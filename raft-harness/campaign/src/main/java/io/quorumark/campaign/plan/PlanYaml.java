package io.quorumark.campaign.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

/** Writes plans, and members' configurations, as the YAML that gives the same again. */
public final class PlanYaml {
    private static final ObjectMapper MAPPER = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .build();

    private PlanYaml() {}

    /** A resolved plan, with those of its keys that apply to it. */
    public static String write(ResolvedPlan plan) {
        return text(PlanSources.tree(plan));
    }

    /** A member's configuration. */
    public static String write(Record configuration) {
        return text(configuration);
    }

    private static String text(Object content) {
        try {
            return MAPPER.writeValueAsString(content);
        } catch (JsonProcessingException e) {
            throw new AssertionError("it is made of values that YAML can hold", e);
        }
    }
}

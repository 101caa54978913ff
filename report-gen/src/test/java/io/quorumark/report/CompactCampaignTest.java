package io.quorumark.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quorumark.results.analysis.Analysis;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a page's JSON leaves out follows from the rest of it. */
class CompactCampaignTest {
    private static final Map<String, String> METRICS =
            Map.of("throughputOpsPerSecond", "throughput", "p99Micros", "p99");

    static Stream<Analysis> campaigns() {
        return Stream.of(
                CampaignFixture.analysis(true, ",\"confidence\":0.951171875}", 1),
                CampaignFixture.analysis(false, "null", 1),
                CampaignKinds.wide(),
                CampaignKinds.paced(),
                CampaignKinds.lifecycle(),
                CampaignKinds.voids());
    }

    @ParameterizedTest
    @MethodSource("campaigns")
    void says_all_that_the_whole_document_says(Analysis analysis) throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        JsonNode whole = mapper.readTree(CampaignJson.render(analysis));
        String line = CampaignJson.renderLine(analysis);
        JsonNode page = mapper.readTree(line);
        List<String> lost = new ArrayList<>();
        compare("", whole, page, page.get("confidence"), lost);
        assertThat(lost).isEmpty();
        assertThat(line.length()).isLessThan(mapper.writeValueAsString(whole).length());
    }

    private static void compare(String path, JsonNode whole, JsonNode page, JsonNode usual, List<String> lost) {
        if (whole.isArray() && page.isArray() && whole.size() == page.size()) {
            for (int i = 0; i < whole.size(); i++) {
                compare(path + "/" + i, whole.get(i), page.get(i), usual, lost);
            }
        } else if (whole.isObject() && page.isObject()) {
            Set<String> more = new java.util.TreeSet<>();
            page.fieldNames().forEachRemaining(more::add);
            whole.properties().forEach(field -> {
                String name = field.getKey();
                JsonNode value = field.getValue();
                if (more.remove(name)) {
                    compare(path + "/" + name, value, page.get(name), usual, lost);
                } else if (!follows(path, name, value, whole, usual)) {
                    lost.add(path + "/" + name + ": " + value);
                }
            });
            more.stream()
                    .filter(name -> !(path.isEmpty() && name.equals("confidence")))
                    .forEach(name -> lost.add(path + "/" + name + " is in the page alone"));
        } else if (!whole.equals(page)) {
            lost.add(path + ": " + whole + " is " + page);
        }
    }

    private static boolean follows(String path, String name, JsonNode value, JsonNode around, JsonNode usual) {
        return value.isNull()
                || (name.equals("confidence") && value.equals(usual))
                || (path.matches("/comparisons/\\d+/others/\\d+")
                        && Set.of("base", "head").contains(name))
                || (METRICS.containsKey(name)
                        && value.equals(around.get("metrics").get(METRICS.get(name))));
    }
}

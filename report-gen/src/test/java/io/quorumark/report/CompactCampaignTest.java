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

    private static final Set<String> ADDED = Set.of("confidence", "units");

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
        compare("", whole, page, page, lost);
        assertThat(lost).isEmpty();
        assertThat(line.length()).isLessThan(mapper.writeValueAsString(whole).length());
    }

    private static void compare(String path, JsonNode whole, JsonNode page, JsonNode document, List<String> lost) {
        if (whole.has("estimate") && page.isArray()) {
            List<Double> interval = new ArrayList<>();
            page.forEach(part -> interval.add(part.doubleValue()));
            if (interval.size() == 3) {
                interval.add(document.get("confidence").doubleValue());
            }
            if (!interval.equals(Stream.of("estimate", "low", "high", "confidence")
                    .map(part -> whole.get(part).doubleValue())
                    .toList())) {
                lost.add(path + ": " + whole + " is " + page);
            }
        } else if (whole.isArray() && page.isArray() && whole.size() == page.size()) {
            for (int i = 0; i < whole.size(); i++) {
                compare(path + "/" + i, whole.get(i), page.get(i), document, lost);
            }
        } else if (whole.isObject() && page.isObject()) {
            Set<String> more = new java.util.TreeSet<>();
            page.fieldNames().forEachRemaining(more::add);
            whole.properties().forEach(field -> {
                String name = field.getKey();
                JsonNode value = field.getValue();
                if (more.remove(name)) {
                    compare(path + "/" + name, value, page.get(name), document, lost);
                } else if (!follows(path, name, value, whole, document)) {
                    lost.add(path + "/" + name + ": " + value);
                }
            });
            more.stream()
                    .filter(name -> !(path.isEmpty() && ADDED.contains(name)))
                    .forEach(name -> lost.add(path + "/" + name + " is in the page alone"));
        } else if (!whole.equals(page)) {
            lost.add(path + ": " + whole + " is " + page);
        }
    }

    private static boolean follows(String path, String name, JsonNode value, JsonNode around, JsonNode document) {
        boolean ofOther = path.matches("/comparisons/\\d+/others/\\d+");
        return value.isNull()
                || switch (name) {
                    case "base", "head" -> ofOther;
                    case "unit" ->
                        ofOther
                                && value.equals(document.get("units")
                                        .get(around.get("metric").textValue()));
                    case "blocks" -> {
                        JsonNode comparison = document.at(path.replaceFirst("/others/.*", ""));
                        yield ofOther && value.equals(comparison.get("blocks"));
                    }
                    case "band" -> value.equals(document.get("design").get("equivalenceBand"));
                    case "leastDifference" -> value.equals(around.get("band"));
                    case "dataOverMemory" ->
                        value.equals(
                                around.get("metrics").get("data-over-memory").get("estimate"));
                    case "settled.operations.per.second" -> {
                        List<String> differing = new ArrayList<>();
                        JsonNode metric = document.at(path.replace("/costs", "/metrics") + "/settled-rate");
                        compare(path, value, metric, document, differing);
                        yield differing.isEmpty();
                    }
                    case "throughputSlope" -> value.get("judged").intValue() == 0;
                    default ->
                        METRICS.containsKey(name)
                                && value.equals(around.get("metrics").get(METRICS.get(name)));
                };
    }
}

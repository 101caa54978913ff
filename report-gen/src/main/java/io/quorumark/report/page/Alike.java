package io.quorumark.report.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sentences that say the same of many trials or cells, told once. */
final class Alike {
    private static final int MOST_ALIKE = 2;

    private Alike() {}

    /**
     * In the order of their first. Up to two that differ in numbers and names alone stay as they are; of more, the first one stands with
     * how many there are.
     *
     * @param names that tell sentences apart without telling anything else: engines, workloads
     */
    static List<String> merged(List<String> sentences, List<String> names) {
        Map<String, List<String>> byShape = new LinkedHashMap<>();
        for (String sentence : sentences) {
            byShape.computeIfAbsent(shape(sentence, names), shape -> new ArrayList<>())
                    .add(sentence);
        }
        List<String> merged = new ArrayList<>();
        byShape.values().forEach(alike -> {
            if (alike.size() <= MOST_ALIKE) {
                merged.addAll(alike);
            } else {
                String first = alike.get(0);
                merged.add(first + (first.endsWith(".") ? "" : ".") + " The same, with other names and numbers, "
                        + (alike.size() - 1) + " times more.");
            }
        });
        return merged;
    }

    private static String shape(String sentence, List<String> names) {
        String shape = sentence;
        for (String name : names) {
            shape = shape.replace(name, "@");
        }
        return shape.replaceAll("\\d[\\d,.]*", "#").replaceAll("@(?:(?:, | and )@)*", "@");
    }
}

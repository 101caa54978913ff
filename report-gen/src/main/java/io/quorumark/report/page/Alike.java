package io.quorumark.report.page;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Sentences that say the same of many trials or cells, told once. */
public final class Alike {
    private static final int MOST_ALIKE = 2;
    private static final int MOST_NAMES = 8;
    private static final int MOST_NUMBERS = 3;
    private static final String NUMBER = "\\d+(?:[.,]\\d+)*";
    private static final String NOTHING = "(?!)";
    private static final Pattern QUANTITY = Pattern.compile("\\d+(?:,\\d{3})*(?:\\.\\d+)?");

    private Alike() {}

    /**
     * In the order of their first. Up to two that differ in numbers and names alone stay as they are; more become one that begins with
     * how many they are and holds in each place what stood there: all names, and the numbers or the least and the most of them.
     *
     * @param names that tell sentences apart without telling anything else: engines, workloads
     */
    public static List<String> merged(List<String> sentences, List<String> names) {
        String name = name(names);
        Pattern places = Pattern.compile(name + "|" + NUMBER);
        // sentences that list engines may list one or many
        Pattern listed = Pattern.compile(name + "(?:(?:, | and )" + name + ")*|" + NUMBER);
        Map<String, List<String>> byShape = new LinkedHashMap<>();
        for (String sentence : sentences) {
            byShape.computeIfAbsent(shape(sentence, listed), shape -> new ArrayList<>())
                    .add(sentence);
        }
        List<String> merged = new ArrayList<>();
        byShape.values().forEach(alike -> {
            if (alike.size() <= MOST_ALIKE) {
                merged.addAll(alike);
            } else {
                boolean sameLists = alike.stream()
                                .map(sentence -> shape(sentence, places))
                                .distinct()
                                .count()
                        == 1;
                merged.add(alike.size() + " alike: " + together(alike, sameLists ? places : listed));
            }
        });
        return merged;
    }

    /** Any of the names, the longest first, and not as a part of a word. */
    private static String name(List<String> names) {
        String any = names.stream()
                .filter(name -> !name.isBlank())
                .sorted(Comparator.comparing(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
        return any.isEmpty() ? NOTHING : "(?<![\\p{L}\\p{N}])(?:" + any + ")(?![\\p{L}\\p{N}])";
    }

    private static String shape(String sentence, Pattern places) {
        return places.matcher(sentence).replaceAll(place -> isNumber(place.group()) ? "#" : "@");
    }

    private static boolean isNumber(String text) {
        return text.matches(NUMBER);
    }

    /** The first sentence, with what stands in any of them in each place. */
    private static String together(List<String> alike, Pattern places) {
        List<List<String>> values = new ArrayList<>();
        for (String sentence : alike) {
            List<String> own =
                    places.matcher(sentence).results().map(MatchResult::group).toList();
            for (int i = 0; i < own.size(); i++) {
                if (values.size() == i) {
                    values.add(new ArrayList<>());
                }
                values.get(i).add(own.get(i));
            }
        }
        int[] place = {0};
        return places.matcher(alike.get(0)).replaceAll(each -> Matcher.quoteReplacement(all(values.get(place[0]++))));
    }

    private static String all(List<String> values) {
        List<String> distinct = values.stream().distinct().toList();
        if (distinct.size() > 1
                && distinct.stream().allMatch(value -> QUANTITY.matcher(value).matches())) {
            List<String> ascending = distinct.stream()
                    .sorted(Comparator.comparing(value -> new BigDecimal(value.replace(",", ""))))
                    .toList();
            return ascending.size() <= MOST_NUMBERS
                    ? Headline.listed(ascending)
                    : ascending.get(0) + " to " + ascending.get(ascending.size() - 1);
        }
        if (distinct.stream().anyMatch(value -> value.contains(", ") || value.contains(" and "))) {
            return String.join("; ", distinct);
        }
        return distinct.size() <= MOST_NAMES
                ? Headline.listed(distinct)
                : String.join(", ", distinct.subList(0, MOST_NAMES)) + " and " + (distinct.size() - MOST_NAMES)
                        + " more";
    }
}

package io.quorumark.report.gate;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A stored plan as its keys with their values, such as {@code load.clients} with 64, to tell in what two plans differ. Knows of YAML what
 * stored plans have: indentation, and sequences, whose items are the value of their key.
 */
final class PlanKeys {
    private static final Pattern KEY = Pattern.compile("( *)([^ :#-][^:]*):(?: +(.*))?");
    private static final Pattern ITEM = Pattern.compile(" *- *(.*)");

    private PlanKeys() {}

    private record Open(int indent, String name) {}

    /** In the order of the plan; comments are left out. */
    static Map<String, String> of(String plan) {
        Map<String, String> values = new LinkedHashMap<>();
        Deque<Open> open = new ArrayDeque<>();
        boolean inItem = false;
        for (String line : plan.lines().toList()) {
            Matcher key = KEY.matcher(line);
            Matcher item = ITEM.matcher(line);
            if (line.isBlank() || line.strip().startsWith("#")) {
                continue;
            }
            if (item.matches()) {
                inItem = true;
                append(values, path(open), item.group(1), ", ");
            } else if (!key.matches()
                    || (inItem
                            && !open.isEmpty()
                            && key.group(1).length() > open.getLast().indent())) {
                append(values, path(open), line.strip(), " ");
            } else {
                inItem = false;
                int indent = key.group(1).length();
                while (!open.isEmpty() && open.getLast().indent() >= indent) {
                    open.removeLast();
                }
                open.addLast(new Open(indent, key.group(2)));
                String value = key.group(3);
                if (value != null && !value.isBlank()) {
                    values.put(path(open), value.strip());
                }
            }
        }
        return values;
    }

    private static void append(Map<String, String> values, String path, String text, String separator) {
        values.merge(path, text, (before, more) -> before + separator + more);
    }

    private static String path(Deque<Open> open) {
        return open.stream().map(Open::name).collect(Collectors.joining("."));
    }
}

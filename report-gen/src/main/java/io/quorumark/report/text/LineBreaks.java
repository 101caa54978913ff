package io.quorumark.report.text;

import com.samskivert.mustache.Escapers;
import io.quorumark.results.model.Cell;
import io.quorumark.results.model.LifecyclePhase;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps together what a line must not end inside. A browser may break a line behind any hyphen and at any space, and no style forbids it:
 * {@code ycsb-a} would end one line with {@code ycsb-}, and an interval with its lower end. In running text of a page each name and each
 * option therefore stands in an element that is not broken, except names that a narrow page could not hold. Intervals, and figures with
 * their units, hold spaces that do not break.
 */
public final class LineBreaks {
    /** As many characters as fit on 320 pixels in the largest letters. */
    private static final int MOST_CHARACTERS = 22;

    /** What holds no running text: what is drawn, what scrolls sideways, and what is copied. */
    private static final List<String> OTHER = List.of("script", "style", "title", "svg", "pre", "table class=\"data\"");

    /** Names that any page may tell. */
    private static final List<String> PHASES =
            Arrays.stream(LifecyclePhase.values()).map(LifecyclePhase::id).toList();

    private static final Pattern INTERVAL =
            Pattern.compile("\\[\\d[\\d.,×% ]{0,18}\\](?: at \\d+(?:\\.\\d+)?\u00a0%)?");

    /** Of a command, behind whose dashes a line may end as well. */
    private static final String OPTION = "(?<![\\p{L}\\p{N}-])--[a-z][a-z-]{1,20}(?![\\p{L}\\p{N}-])";

    private static final Pattern UNIT =
            Pattern.compile("(?<=\\d) (?=(?:[nµm]?s|min|h|k|M|[KMGT]i?B|B|%)(?![\\p{L}\\p{N}]))");

    private final Pattern together;

    private LineBreaks(Pattern together) {
        this.together = together;
    }

    /** The names of these cells' engines and workloads. */
    public static LineBreaks ofCells(Stream<Cell> cells) {
        return of(cells.flatMap(cell -> Stream.of(cell.engineName(), cell.workload()))
                .toList());
    }

    /**
     * @param names as people read them, beside those of phases that are timed; those that cannot break and those that are too long are
     *     left out
     */
    public static LineBreaks of(Collection<String> names) {
        String any = Stream.concat(names.stream(), PHASES.stream())
                .filter(name -> name.length() <= MOST_CHARACTERS && !name.isBlank())
                .filter(name -> !name.chars().allMatch(Character::isLetterOrDigit))
                .distinct()
                .sorted(Comparator.comparing(String::length).reversed().thenComparing(Comparator.naturalOrder()))
                .map(name -> Pattern.quote(Escapers.HTML.escape(name)))
                .collect(Collectors.joining("|"));
        // what follows a name without a space, and the dagger of its caveats, stay with it
        return new LineBreaks(
                Pattern.compile(OPTION + "|(?<![\\p{L}\\p{N}-])(?:" + any + ")(?![\\p{L}\\p{N}-])(?: †)?[,;:.)]*"));
    }

    /** The same page with less places to break lines at. */
    public String in(String html) {
        StringBuilder result = new StringBuilder(html.length() + html.length() / 8);
        int at = 0;
        while (at < html.length()) {
            int tag = html.indexOf('<', at);
            int end = tag < 0 ? html.length() : tag;
            String text = UNIT.matcher(html.substring(at, end)).replaceAll("\u00a0");
            text = INTERVAL.matcher(text)
                    .replaceAll(interval -> interval.group().replace(' ', '\u00a0'));
            result.append(together.matcher(text)
                    .replaceAll(kept -> Matcher.quoteReplacement("<span class=k>" + kept.group() + "</span>")));
            at = tag < 0 ? end : afterTag(html, tag);
            result.append(html, end, at);
        }
        return result.toString();
    }

    /** Drawings hold drawings. */
    private static int afterElement(String html, int tag, String name) {
        String open = "<" + name;
        String close = "</" + name + ">";
        int depth = 1;
        int at = tag + open.length();
        while (depth > 0) {
            int end = html.indexOf(close, at);
            int inner = html.indexOf(open, at);
            boolean opens = name.equals("svg") && inner >= 0 && inner < end;
            depth += opens ? 1 : -1;
            at = opens ? inner + open.length() : end + close.length();
        }
        return at;
    }

    /** Behind this tag, or behind the whole element if it holds no running text. */
    private static int afterTag(String html, int tag) {
        for (String other : OTHER) {
            if (html.startsWith(other, tag + 1)) {
                return afterElement(html, tag, other.split(" ", 2)[0]);
            }
        }
        int at = tag;
        char quote = 0;
        while (html.charAt(at) != '>' || quote != 0) {
            char character = html.charAt(at++);
            if (quote == 0 && (character == '"' || character == '\'')) {
                quote = character;
            } else if (character == quote) {
                quote = 0;
            }
        }
        return at + 1;
    }
}

package io.quorumark.results.text;

import java.util.Collection;
import java.util.stream.Collectors;

/** Puts several sentences on one line, so that a reader sees where one ends and the next begins. */
public final class Sentences {
    private Sentences() {}

    /** One after the other, separated by semicolons; full stops between them are dropped, the last one's stays. */
    public static String join(Collection<String> sentences) {
        int last = sentences.size() - 1;
        int[] at = {0};
        return sentences.stream()
                .map(String::strip)
                .map(sentence -> at[0]++ < last && sentence.endsWith(".")
                        ? sentence.substring(0, sentence.length() - 1)
                        : sentence)
                .collect(Collectors.joining("; "));
    }
}

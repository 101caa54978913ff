package io.quorumark.report.page;

/**
 * A sentence that stands beside numbers, with a label in its place until somebody opens it.
 *
 * @param label its beginning
 * @param sentence the whole
 */
public record Caveat(String label, String sentence) {
    private static final int MOST_CHARACTERS = 44;

    /** With the first words of the sentence as its label. */
    public static Caveat of(String sentence) {
        String first = sentence.split("[:;(,]|\\. ", 2)[0].strip();
        String label = first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
        if (label.length() > MOST_CHARACTERS) {
            int space = label.lastIndexOf(' ', MOST_CHARACTERS);
            label = label.substring(0, space > 0 ? space : MOST_CHARACTERS) + "…";
        }
        return new Caveat(label, sentence);
    }
}

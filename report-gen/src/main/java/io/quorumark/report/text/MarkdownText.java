package io.quorumark.report.text;

/** Makes outside text inert in GitHub-flavoured Markdown: no markup, no HTML, no table or line break. */
public final class MarkdownText {

    private static final String ESCAPED = "\\`*_{}[]<>#|~!$&";

    private MarkdownText() {}

    public static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c)) {
                escaped.append(' ');
            } else if (c == '_' && isInsideWord(text, i)) {
                escaped.append(c);
            } else if (ESCAPED.indexOf(c) >= 0) {
                escaped.append('\\').append(c);
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    /** As a code span: back ticks in the text lengthen the fence, and a table's separator stays escaped. */
    public static String code(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        int longest = 0;
        int run = 0;
        for (int i = 0; i < line.length(); i++) {
            run = line.charAt(i) == '`' ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        String fence = "`".repeat(longest + 1);
        String padding = longest > 0 || line.isEmpty() ? " " : "";
        return fence + padding + line.replace("|", "\\|") + padding + fence;
    }

    // GitHub leaves underscores between letters alone, and durabilities such as POWER_LOSS read better without
    // backslashes
    private static boolean isInsideWord(String text, int i) {
        return i > 0
                && i + 1 < text.length()
                && Character.isLetterOrDigit(text.charAt(i - 1))
                && Character.isLetterOrDigit(text.charAt(i + 1));
    }
}

package io.quorumark.report.page;

/**
 * A style sheet or script that a page carries in itself.
 *
 * @param text inlined as it is
 * @param digest that the content security policy allows
 */
public record Asset(String text, String digest) {

    /** For documents that carry none. */
    public static final Asset NONE = new Asset("", "");
}

package io.quorumark.report.page;

import io.quorumark.report.text.Template;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * A style sheet or script that a page carries in itself.
 *
 * @param text inlined, of a style sheet without what only its authors need
 * @param digest that the content security policy allows
 */
public record Asset(String text, String digest) {

    /** For documents that carry none. */
    public static final Asset NONE = new Asset("", "");

    /** For templates: whether the page carries it, so that its policy must allow it. */
    public boolean isPresent() {
        return !text.isEmpty();
    }

    /** A file beside the templates. */
    public static Asset of(String file) {
        String resource = Template.resource(file);
        String text = file.endsWith(".css") ? compact(resource) : resource;
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return new Asset(text, "sha256-" + Base64.getEncoder().encodeToString(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK lacks SHA-256", e);
        }
    }

    /** Without comments, and without spaces that a style sheet is as good without; no text in it has any of these. */
    private static String compact(String style) {
        return style.replaceAll("(?s)/\\*.*?\\*/", "")
                .replaceAll("\\s*([{};])\\s*", "$1")
                .replace(";}", "}")
                .strip();
    }
}

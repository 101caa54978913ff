package io.quorumark.report.text;

import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A Mustache template of this module's class path. A name that the view lacks fails the rendering instead of leaving a hole in the
 * document.
 */
public final class Template {

    private static final String FOLDER = "/io/quorumark/report/";

    private final com.samskivert.mustache.Template compiled;

    private Template(String file, Mustache.Escaper escaper) {
        compiled = Mustache.compiler()
                .withEscaper(escaper)
                .strictSections(true)
                .emptyStringIsFalse(true)
                .withLoader(partial -> reader(partial + ".mustache"))
                .compile(new java.io.StringReader(resource(file)));
    }

    /** Values are escaped for HTML text and quoted attributes. */
    public static Template html(String file) {
        return new Template(file, Escapers.HTML);
    }

    /** Values are escaped for Markdown text and table cells. */
    public static Template markdown(String file) {
        return new Template(file, MarkdownText::escape);
    }

    public String render(Object view) {
        return compiled.execute(view);
    }

    /** @param shared for names that the view lacks: what several documents fill in */
    public String render(Object view, Object shared) {
        StringWriter text = new StringWriter();
        compiled.execute(view, shared, text);
        return text.toString();
    }

    /** A text file beside the templates. */
    public static String resource(String file) {
        try (InputStream stream = open(file)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + FOLDER + file + " from the class path", e);
        }
    }

    private static Reader reader(String file) {
        return new InputStreamReader(open(file), StandardCharsets.UTF_8);
    }

    private static InputStream open(String file) {
        InputStream stream = Template.class.getResourceAsStream(FOLDER + file);
        if (stream == null) {
            throw new IllegalStateException("the class path lacks " + FOLDER + file + ": rebuild the jar");
        }
        return stream;
    }
}
